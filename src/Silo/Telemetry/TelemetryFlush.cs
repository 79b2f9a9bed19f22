using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Siamese.Silo.Telemetry;

/// <summary>
/// Sends what is left to send when the silo stops, as its last step. A collector that does not answer delays the end by two
/// seconds; without a limit of ours, it would be fifteen.
/// </summary>
internal sealed class TelemetryFlush(TracerProvider traces, MeterProvider metrics, LoggerProvider logs) : IHostedService
{
    private const int LimitMilliseconds = 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces.Shutdown(LimitMilliseconds), CancellationToken.None),
        Task.Run(() => metrics.Shutdown(LimitMilliseconds), CancellationToken.None),
        Task.Run(() => logs.Shutdown(LimitMilliseconds), CancellationToken.None));
}
