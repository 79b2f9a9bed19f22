using Microsoft.Extensions.Logging;

namespace Siamese.Grains.Training;

internal sealed partial class TrialGrain
{
    [LoggerMessage(LogLevel.Information, "Trial {Trial}: lease {Fence} goes to {Silo} for sweep {Sweep}")]
    private partial void LogLeased(string trial, long? fence, string silo, string sweep);

    [LoggerMessage(LogLevel.Information, "Trial {Trial}: {Status} under lease {Fence}. {Reason}")]
    private partial void LogEnded(string trial, Contracts.Training.TrialStatus status, long fence, string reason);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: a report under lease {Fence} was refused, the last one is {Current}")]
    private partial void LogStale(string trial, long fence, long current);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: sweep {Sweep} could not be told the news; it will ask")]
    private partial void LogUntold(Exception exception, string trial, string sweep);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: lease {Fence} is back: {Why}")]
    private partial void LogReturned(string trial, long fence, string why);
}
