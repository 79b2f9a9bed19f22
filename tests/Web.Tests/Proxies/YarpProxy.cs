using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Connections;
using Siamese.Silo.Addresses;
using Yarp.ReverseProxy.Configuration;

namespace Siamese.Web.Tests.Proxies;

/// <summary>A proxy made with YARP, which ends TLS and serves a silo's API below `/siamese/`.</summary>
internal sealed class YarpProxy : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly WebApplication _web;

    /// <param name="api">Where the silo serves.</param>
    /// <param name="files">Its certificate.</param>
    public YarpProxy(Uri api, TlsFiles files)
    {
        _certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var port = ListeningPort.Resolve(IPAddress.Loopback, 0, "");
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}/siamese/"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(_certificate)));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "siamese", ClusterId = "siamese", Match = new RouteMatch { Path = "/siamese/{**rest}" } }],
            [new ClusterConfig { ClusterId = "siamese", Destinations = new Dictionary<string, DestinationConfig> { ["silo"] = new() { Address = api.ToString() } } }]);
        _web = builder.Build();
        _web.MapReverseProxy();
    }

    /// <summary>Where it serves the silo's API.</summary>
    public Uri Address { get; }

    public Task Start() => _web.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _certificate.Dispose();
    }
}
