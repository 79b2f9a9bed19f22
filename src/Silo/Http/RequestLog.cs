using System.Net;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Telemetry;
using Siamese.Silo.Admission;
using Siamese.Web.Problems;

namespace Siamese.Silo.Http;

/// <summary>Counts the requests that a silo refuses, and logs them and those that fail. Few lines in ten seconds, because strangers cause them.</summary>
internal sealed partial class RequestLog : IProblemLog, IDisposable
{
    /// <summary>Number of different refusals that are logged in ten seconds; all of them are counted.</summary>
    private const int RefusalsPerWindow = 20;

    private const int FailuresPerWindow = 5;

    private static readonly Dictionary<string, RequestRefusal> _refusals = Enum.GetValues<RequestRefusal>().ToDictionary(refusal => Words.Of(refusal));

    private readonly ILogger _audit;
    private readonly ILogger _failures;
    private readonly LineLimit _refused;
    private readonly LineLimit _failed;

    public RequestLog(ILoggerFactory loggers, TimeProvider time)
    {
        (_audit, _failures) = (loggers.CreateLogger("Siamese.Audit"), loggers.CreateLogger<RequestLog>());
        _refused = new(RefusalsPerWindow, count => LogOmitted(_audit, count), time);
        _failed = new(FailuresPerWindow, count => LogOmittedFailures(_failures, count), time);
    }

    public void Refused(Refusal refusal)
    {
        SiameseMetrics.RequestRefused(_refusals[refusal.Type]);
        var from = refusal.Address is { } address ? PeerNetwork.Of(address) : null;
        if (_refused.Admits($"{refusal.Type} {refusal.Caller} {from} {refusal.Operation}"))
            LogRefused(_audit, PlainText.Of(refusal.Caller ?? "An unknown caller"), refusal.Address, refusal.Operation, refusal.Type, PlainText.Of(refusal.Reason));
    }

    public void Failed(string operation, Exception exception)
    {
        if (_failed.Admits($"{operation} {exception.GetType()}"))
            LogFailed(_failures, operation, exception);
    }

    public void Dispose()
    {
        _refused.Dispose();
        _failed.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "{Caller} at {Address} was refused {Operation} ({Problem}): {Reason}")]
    private static partial void LogRefused(ILogger logger, string caller, IPAddress? address, string operation, string problem, string reason);

    [LoggerMessage(LogLevel.Warning, "{Count} more requests over HTTP were refused in the last 10 seconds")]
    private static partial void LogOmitted(ILogger logger, long count);

    [LoggerMessage(LogLevel.Error, "{Operation} failed")]
    private static partial void LogFailed(ILogger logger, string operation, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Count} more requests over HTTP failed in the last 10 seconds")]
    private static partial void LogOmittedFailures(ILogger logger, long count);
}
