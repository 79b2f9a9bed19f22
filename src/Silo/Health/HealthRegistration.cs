using Microsoft.Extensions.DependencyInjection;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Health;

/// <summary>Registers the health endpoints of a silo.</summary>
internal static class HealthRegistration
{
    public static IServiceCollection AddHealth(this IServiceCollection services, SiloEndpoints endpoints)
    {
        services.AddSingleton<ReadyCheck>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<HealthEndpoints>(provider, endpoints));
        return services;
    }
}
