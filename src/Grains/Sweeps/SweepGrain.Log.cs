using Microsoft.Extensions.Logging;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Phase}")]
    private partial void LogPhase(string sweep, SweepPhase phase);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Trials} trials on {Data}")]
    private partial void LogPlanned(string sweep, int trials, string data);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: trial {Trial} is {Why}")]
    private partial void LogPruned(string sweep, string trial, string why);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Why}")]
    private partial void LogStopped(string sweep, string why);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: planned for training code {Planned}, but this silo runs {Current}; planning again")]
    private partial void LogReplanned(string sweep, string planned, string current);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: could not update the board; trying again")]
    private partial void LogNotPosted(Exception exception, string sweep);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep}: could not read its data")]
    private partial void LogUnreadable(Exception exception, string sweep);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep}: the next step failed; trying again")]
    private partial void LogStepFailed(Exception exception, string sweep);
}
