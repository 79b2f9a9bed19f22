using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using Siamese.Grains.Telemetry;

namespace Siamese.Silo.Telemetry;

/// <summary>
/// `--telemetry otlp`: our traces, the metrics of us and of Orleans, and the log, to a collector that the standard environment
/// variables name. The calls between grains are not in the traces: slots ask for work several times a second.
/// </summary>
internal static class OtlpTelemetry
{
    public static void AddOtlp(this OpenTelemetryBuilder telemetry, IConfigurationBuilder configuration)
    {
        // The library reads the environment through the configuration, which otherwise does not contain it.
        configuration.AddInMemoryCollection(OtlpEnvironment.Read()!);
        telemetry
            .WithTracing(tracing => tracing.AddSource(SiameseTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(SiameseTelemetry.Name, "Microsoft.Orleans"))
            .WithLogging(_ => { }, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter();
        telemetry.Services.AddHostedService<TelemetryFlush>();
    }
}
