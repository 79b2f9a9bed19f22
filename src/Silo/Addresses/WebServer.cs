using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Siamese.Silo.Addresses;

/// <summary>A web server inside of a silo.</summary>
internal static class WebServer
{
    /// <summary>
    /// Creates one that only the options of the silo configure, with no settings file and no variables of ASP.NET Core. It starts
    /// and stops with its silo: signals to the process concern the silo alone, which then stops in order.
    /// </summary>
    /// <param name="kestrel">Sets the addresses.</param>
    public static WebApplicationBuilder CreateBuilder(Action<KestrelServerOptions> kestrel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel);
        builder.Services.AddSingleton<IHostLifetime, Inner>();
        return builder;
    }

    private sealed class Inner : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
