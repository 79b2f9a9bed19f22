using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Resources;

namespace Siamese.Silo.Telemetry;

/// <summary>`--telemetry`: what a silo does with its traces, metrics and log.</summary>
internal static class TelemetryRegistration
{
    public const string None = "none";
    public const string ToConsole = "console";
    public const string Otlp = "otlp";

    /// <summary>Sends telemetry nowhere, to the console, or to a collector.</summary>
    /// <param name="builder">Builds the silo.</param>
    /// <param name="telemetry">One of the constants above.</param>
    /// <param name="silo">The silo's name.</param>
    public static void AddTelemetry(this HostApplicationBuilder builder, string telemetry, string silo)
    {
        if (telemetry == None)
            return;
        // A line of the log that belongs to a trace shows the trace's id.
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions = ActivityTrackingOptions.TraceId);
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console => console.IncludeScopes = true);
        var providers = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, silo));
        if (telemetry == ToConsole)
            providers.AddConsole();
        else
            providers.AddOtlp(builder.Configuration);
    }

    /// <summary>The environment takes precedence over the silo's own name for its service.</summary>
    private static void Describe(ResourceBuilder resource, string silo) => resource
        .AddService("siamese-silo", serviceVersion: typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion, serviceInstanceId: silo)
        .AddEnvironmentVariableDetector();
}
