using Microsoft.Extensions.Logging;

namespace Siamese.Grains.Training;

internal sealed partial class TrainerGrain
{
    [LoggerMessage(LogLevel.Information, "Trial {Trial} of sweep {Sweep}: training starts under lease {Fence}")]
    private partial void LogStarted(string trial, string sweep, long fence);

    [LoggerMessage(LogLevel.Error, "Trial {Trial} of sweep {Sweep} failed")]
    private partial void LogFailed(Exception exception, string trial, string sweep);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: lease {Fence} is no longer ours, training stops and its result is dropped")]
    private partial void LogLost(string trial, long fence);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: the report did not get through; trying again")]
    private partial void LogUnheard(Exception exception, string trial);
}
