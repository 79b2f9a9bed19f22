using Microsoft.Extensions.DependencyInjection;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;

namespace Siamese.Silo.Local;

/// <summary>Registers what makes a silo the local silo of a user's client.</summary>
internal static class LocalSiloRegistration
{
    public static IServiceCollection AddLocalSilo(this IServiceCollection services, SiloOptions options, SiloEndpoints endpoints)
    {
        services.AddSingleton(options);
        services.AddSingleton(endpoints);
        services.AddSingleton<ClientPresence>();
        services.AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<ClientPresence>());
        services.AddHostedService<LocalSiloService>();
        return services;
    }
}
