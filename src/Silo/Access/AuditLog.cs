using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
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
        LogCalled(PlainText.Of(caller.Name), PlainText.Of(caller.Key), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, PlainText.Of($"{call.TargetId.Key}"));

    public void Refused(Caller? caller, IIncomingGrainCallContext call, string reason)
    {
        SiameseTelemetry.Refusals.Add(1, SiameseTelemetry.Tag("method", $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}"));
        using var lease = _limit.AttemptAcquire();
        if (lease.IsAcquired)
            LogRefused(PlainText.Of(caller?.Name ?? "an unknown client"), PlainText.Of(caller?.Key ?? "none"), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, PlainText.Of($"{call.TargetId.Key}"), PlainText.Of(reason));
    }

    public void Dispose() => _limit.Dispose();

    [LoggerMessage(LogLevel.Information, "{Caller} (key {Key}) called {Interface}.{Method} of {Grain}")]
    private partial void LogCalled(string caller, string key, string @interface, string method, string grain);

    [LoggerMessage(LogLevel.Warning, "{Caller} (key {Key}) was refused {Interface}.{Method} of {Grain}: {Reason}")]
    private partial void LogRefused(string caller, string key, string @interface, string method, string grain, string reason);
}
