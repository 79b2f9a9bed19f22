using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Admission;

/// <summary>Registers the limits of connections, and what happens when a client leaves.</summary>
internal static class AdmissionRegistration
{
    /// <summary>Puts the gates in front of the listeners that Orleans has registered, whose keys it keeps to itself.</summary>
    public static void AddConnectionLimits(this IServiceCollection services, SiloEndpoints endpoints)
    {
        services.AddSingleton(provider => new ConnectionGates(
            endpoints, provider.GetRequiredService<ILogger<ConnectionGates>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PreambleReader>();
        services.AddSingleton<ConnectedClients>();
        services.AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<ConnectedClients>());
        foreach (var registered in services.Where(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory)).ToList())
        {
            services.Remove(registered);
            services.AddKeyedSingleton<IConnectionListenerFactory>(registered.ServiceKey, (provider, key) => new LimitedListeners(
                (IConnectionListenerFactory)registered.KeyedImplementationFactory!(provider, key), provider.GetRequiredService<ConnectionGates>().Of));
        }
    }
}
