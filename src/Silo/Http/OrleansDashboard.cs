using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;
using Siamese.Contracts.Access;
using Siamese.Web.Access;
using Siamese.Web.Serving;

namespace Siamese.Silo.Http;

/// <summary>Orleans' own dashboard, for administrators: activations, calls and their times.</summary>
internal static class OrleansDashboard
{
    /// <summary>Collects what the dashboard shows of a silo, except its log. Every silo does: any of them may have the grain that others ask.</summary>
    public static void Collect(ISiloBuilder silo) => silo.AddDashboard(dashboard => dashboard.HideTrace = true);

    /// <summary>Registers what its pages need.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration) => new ClientServices(services, configuration).AddDashboard(dashboard => dashboard.HideTrace = true);

    public static void Map(IEndpointRouteBuilder group) =>
        group.MapOrleansDashboard("/orleans").WithMetadata(new NeedsAttribute(Role.Administer), PagePolicy.OfOwnScripts);

    /// <summary>The pages ask grains through the silo's own connection, and need no client.</summary>
    private sealed class ClientServices(IServiceCollection services, IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
