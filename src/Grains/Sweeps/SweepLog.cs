using Microsoft.Extensions.Logging;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep writes to the log.</summary>
internal static partial class SweepLog
{
    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Phase}")]
    public static partial void LogPhase(this ILogger logger, string sweep, SweepPhase phase);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Trials} trials on {Data}")]
    public static partial void LogPlanned(this ILogger logger, string sweep, int trials, string data);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: trial {Trial} is {Why}")]
    public static partial void LogPruned(this ILogger logger, string sweep, string trial, string why);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Why}")]
    public static partial void LogStopped(this ILogger logger, string sweep, string why);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: planned for training code {Planned}, but this silo runs {Current}; planning again")]
    public static partial void LogReplanned(this ILogger logger, string sweep, string planned, string current);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: could not update the board; trying again")]
    public static partial void LogNotPosted(this ILogger logger, Exception exception, string sweep);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep}: could not read its data")]
    public static partial void LogUnreadable(this ILogger logger, Exception exception, string sweep);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep}: the next step failed; trying again")]
    public static partial void LogStepFailed(this ILogger logger, Exception exception, string sweep);
}
