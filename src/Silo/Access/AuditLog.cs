using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Siamese.Grains.Telemetry;

namespace Siamese.Silo.Access;

/// <summary>Who changed what, and who was refused.</summary>
internal sealed partial class AuditLog : IDisposable
{
    /// <summary>Number of refusals per second that are logged; all of them are counted.</summary>
    private const int LinesPerSecond = 20;

    private readonly ILogger _logger;
    private readonly FixedWindowRateLimiter _limit = new(new() { PermitLimit = LinesPerSecond, Window = TimeSpan.FromSeconds(1) });

    public AuditLog(ILoggerFactory loggers) => _logger = loggers.CreateLogger("Siamese.Audit");

    public void Called(Caller caller, IIncomingGrainCallContext call) =>
        LogCalled(Plain(caller.Name), Plain(caller.Key), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, Plain($"{call.TargetId.Key}"));

    public void Refused(Caller? caller, IIncomingGrainCallContext call, string reason)
    {
        SiameseTelemetry.Refusals.Add(1, SiameseTelemetry.Tag("method", $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}"));
        using var lease = _limit.AttemptAcquire();
        if (lease.IsAcquired)
            LogRefused(Plain(caller?.Name ?? "an unknown client"), Plain(caller?.Key ?? "none"), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, Plain($"{call.TargetId.Key}"), Plain(reason));
    }

    public void Dispose() => _limit.Dispose();

    /// <summary>Without control characters, with which a caller could forge lines of the log.</summary>
    private static string Plain(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;

    [LoggerMessage(LogLevel.Information, "{Caller} (key {Key}) called {Interface}.{Method} of {Grain}")]
    private partial void LogCalled(string caller, string key, string @interface, string method, string grain);

    [LoggerMessage(LogLevel.Warning, "{Caller} (key {Key}) was refused {Interface}.{Method} of {Grain}: {Reason}")]
    private partial void LogRefused(string caller, string key, string @interface, string method, string grain, string reason);
}
