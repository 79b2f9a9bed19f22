using Microsoft.Extensions.DependencyInjection;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Http;

/// <summary>Registers the HTTP API of a silo.</summary>
internal static class HttpRegistration
{
    public static IServiceCollection AddHttp(this IServiceCollection services, SiloEndpoints endpoints, HttpFront front)
    {
        services.AddSingleton<LeftRequests>();
        services.AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<LeftRequests>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<HttpEndpoint>(provider, endpoints, front));
        return services;
    }
}
