using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

namespace Siamese.Bench.Silos;

/// <summary>A plain Orleans client, without the retries of the product's client.</summary>
internal static class GrainClient
{
    public static IGrainFactory Grains(IHost client) => client.Services.GetRequiredService<IGrainFactory>();

    /// <param name="guard">How to connect.</param>
    /// <param name="gateways">Where.</param>
    public static async Task<IHost> Connect(IConnectionGuard guard, params IPEndPoint[] gateways)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        new ClientAccess(guard).AddTo(builder.Services);
        builder.UseOrleansClient(client => client
            .UseStaticClustering(gateways)
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterNames.DefaultClusterId, ClusterNames.ServiceId)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
