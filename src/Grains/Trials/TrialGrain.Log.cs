using Microsoft.Extensions.Logging;
using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

internal sealed partial class TrialGrain
{
    [LoggerMessage(LogLevel.Information, "Trial {Trial}: lease {Fence} goes to {Silo} for sweep {Sweep}")]
    private partial void LogLeased(string trial, long? fence, string silo, string sweep);

    [LoggerMessage(LogLevel.Information, "Trial {Trial}: {Status} under lease {Fence}. {Reason}")]
    private partial void LogEnded(string trial, TrialStatus status, long fence, string reason);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: a report under lease {Fence} was refused; the last lease is {Current}")]
    private partial void LogStale(string trial, long fence, long current);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: could not notify sweep {Sweep}; it will ask")]
    private partial void LogUntold(Exception exception, string trial, string sweep);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: lease {Fence} was returned: {Why}")]
    private partial void LogReturned(string trial, long fence, string why);
}
