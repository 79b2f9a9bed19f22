using System.Net;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;

namespace Siamese.Web.Problems;

/// <summary>Logs to the log of the application that serves the API. Refusals have the level *debug*, because anyone can cause them; a silo has a log of its own.</summary>
internal sealed partial class ApplicationLog(ILogger<ApplicationLog> logger) : IProblemLog
{
    private readonly ILogger _logger = logger;

    public void Refused(Refusal refusal) => LogRefused(refusal.Caller ?? "an unknown caller", refusal.Address, refusal.Operation, PlainText.Of(refusal.Reason));

    public void Failed(string operation, Exception exception) => LogFailed(operation, exception);

    [LoggerMessage(LogLevel.Debug, "{Caller} at {Address} was refused {Operation}: {Reason}")]
    private partial void LogRefused(string caller, IPAddress? address, string operation, string reason);

    [LoggerMessage(LogLevel.Error, "{Operation} failed")]
    private partial void LogFailed(string operation, Exception exception);
}
