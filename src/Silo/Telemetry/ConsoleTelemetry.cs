using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Siamese.Grains.Telemetry;

namespace Siamese.Silo.Telemetry;

/// <summary>`--telemetry console`: our traces and metrics, and those of Orleans, on the console.</summary>
internal static class ConsoleTelemetry
{
    private const int ExportEveryMilliseconds = 10_000;

    public static void AddConsole(this OpenTelemetryBuilder telemetry) => telemetry
        .WithTracing(tracing => tracing
            .AddSource(SiameseTelemetry.Name, "Microsoft.Orleans.Application")
            .AddConsoleExporter())
        .WithMetrics(metrics => metrics
            .AddMeter(SiameseTelemetry.Name, "Microsoft.Orleans")
            .AddConsoleExporter((_, reader) => reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = ExportEveryMilliseconds));
}
