using Microsoft.Extensions.Logging;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Sweeps;

internal sealed partial class SweepGrain
{
    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Phase}")]
    private partial void LogPhase(string sweep, SweepPhase phase);

    [LoggerMessage(LogLevel.Information, "Sweep {Sweep}: {Trials} trials on {Data}")]
    private partial void LogPlanned(string sweep, int trials, string data);

    [LoggerMessage(LogLevel.Warning, "Sweep {Sweep}: planned for training code {Planned}, this silo has {Current}; planning again")]
    private partial void LogReplanned(string sweep, string planned, string current);

    [LoggerMessage(LogLevel.Error, "Sweep {Sweep}: the next step failed; trying again")]
    private partial void LogStepFailed(Exception exception, string sweep);
}
