using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Silo;

namespace Siamese.Bench.Silos;

/// <summary>Runs the product's silo in this program, with one of its services replaced.</summary>
internal static class StandIn
{
    /// <param name="args">The silo's own options.</param>
    public static Task<int> Run<TService, TStandIn>(string[] args)
        where TService : class
        where TStandIn : class, TService => SiloCommand.Parse(args).InvokeAsync(async (options, cancellation) =>
    {
        using var host = SiloHost.Build(options, services => services.AddSingleton<TService, TStandIn>());
        await host.RunAsync(cancellation);
    });
}
