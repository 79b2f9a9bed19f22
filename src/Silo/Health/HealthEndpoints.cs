using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Health;

/// <summary>
/// `/live` and `/ready` over plain HTTP, for tools that restart silos and direct clients to them. `/live` checks nothing: it
/// runs on the same threads as the rest of the silo, so an answer shows that these are not stuck. A silo that waits for its
/// store or for other silos is alive, and restarting it would not help.
/// </summary>
internal sealed partial class HealthEndpoints(SiloEndpoints endpoints, ReadyCheck ready, ILogger<HealthEndpoints> logger) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = logger;
    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebServer.CreateBuilder(kestrel => kestrel.Listen(endpoints.Address, endpoints.HealthPort!.Value));
        builder.Services.AddHealthChecks().AddCheck("ready", ready);
        _web = builder.Build();
        _web.UseHealthChecks("/live", new HealthCheckOptions { Predicate = _ => false });
        _web.UseHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteReason });
        await _web.StartAsync(cancellationToken);
        LogListening(endpoints.Address, endpoints.HealthPort!.Value);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _web?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _web?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static Task WriteReason(HttpContext context, HealthReport report) =>
        context.Response.WriteAsync($"{report.Entries["ready"].Description}\n", context.RequestAborted);

    [LoggerMessage(LogLevel.Information, "Health is at http://{Address}:{Port}/live and /ready")]
    private partial void LogListening(System.Net.IPAddress address, int port);
}
