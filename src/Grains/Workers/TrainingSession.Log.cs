using Microsoft.Extensions.Logging;

namespace Siamese.Grains.Workers;

internal sealed partial class TrainingSession
{
    [LoggerMessage(LogLevel.Information, "Trial {Trial} of sweep {Sweep}: training starts under lease {Fence}, from {Place}")]
    private partial void LogStarted(string trial, string sweep, long fence, string place);

    [LoggerMessage(LogLevel.Error, "Trial {Trial} of sweep {Sweep} failed")]
    private partial void LogFailed(Exception exception, string trial, string sweep);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: lease {Fence} is no longer ours; training stops and its result is dropped")]
    private partial void LogLost(string trial, long fence);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: lease {Fence} could not be handed back in time; it will expire on its own")]
    private partial void LogGivenUp(string trial, long fence);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: a report or result could not be delivered; it is kept and retried ({Exception}: {Message})")]
    private partial void LogUnheard(string trial, string exception, string message);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: its checkpoints could not be removed; they are removed with its sweep")]
    private partial void LogNotDeleted(Exception exception, string trial);

    [LoggerMessage(LogLevel.Error, "Trial {Trial}: the session under lease {Fence} failed; the lease will expire on its own")]
    private partial void LogBroken(Exception exception, string trial, long fence);
}
