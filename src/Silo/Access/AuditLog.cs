using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Grains.Telemetry;
using Siamese.Silo.Admission;

namespace Siamese.Silo.Access;

/// <summary>Who changed what, and who was refused.</summary>
internal sealed partial class AuditLog : IDisposable
{
    /// <summary>Number of different refusals that are logged in ten seconds; all of them are counted.</summary>
    private const int LinesPerWindow = 20;

    private readonly ILogger _logger;
    private readonly LineLimit _lines;

    public AuditLog(ILoggerFactory loggers, TimeProvider time)
    {
        _logger = loggers.CreateLogger("Siamese.Audit");
        _lines = new(LinesPerWindow, LogOmitted, time);
    }

    public void Called(Caller caller, IIncomingGrainCallContext call) =>
        LogCalled(PlainText.Of(caller.Name), PlainText.Of(caller.Key), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, PlainText.Of($"{call.TargetId.Key}"));

    public void Refused(Caller? caller, IIncomingGrainCallContext call, string reason)
    {
        var method = $"{call.InterfaceMethod.DeclaringType!.Name}.{call.InterfaceMethod.Name}";
        SiameseMetrics.CallRefused(call.InterfaceMethod);
        if (_lines.Admits($"{caller?.Key} {method} {reason}"))
            LogRefused(PlainText.Of(caller?.Name ?? "an unknown client"), PlainText.Of(caller?.Key ?? "none"), call.InterfaceMethod.DeclaringType!.Name, call.InterfaceMethod.Name, PlainText.Of($"{call.TargetId.Key}"), PlainText.Of(reason));
    }

    public void Dispose() => _lines.Dispose();

    [LoggerMessage(LogLevel.Information, "{Caller} ({Key}) called {Interface}.{Method} of {Grain}")]
    private partial void LogCalled(string caller, string key, string @interface, string method, string grain);

    [LoggerMessage(LogLevel.Warning, "{Caller} ({Key}) was refused {Interface}.{Method} of {Grain}: {Reason}")]
    private partial void LogRefused(string caller, string key, string @interface, string method, string grain, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} more calls were refused in the last 10 seconds")]
    private partial void LogOmitted(long count);
}
