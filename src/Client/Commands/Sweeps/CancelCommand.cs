using Siamese.Client.CommandLine;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`cancel SWEEP|TRIAL`: stops a sweep, or one trial named by the start of its id.</summary>
internal sealed class CancelCommand(Surroundings surroundings, CommonOptions common) : EndingCommand(surroundings, common)
{
    protected override string Name => "cancel";

    protected override string Description => "Stop a sweep or one trial; trials that have ended are kept.";

    protected override bool HasEnded(SweepPhase phase) => phase is SweepPhase.Completed or SweepPhase.Rejected;

    protected override Task EndSweep(ISweepGrain sweep, CancellationToken cancellation) => sweep.Cancel(cancellation);

    protected override Task<bool> EndTrial(ISweepGrain sweep, string trial, CancellationToken cancellation) => sweep.CancelTrial(trial, cancellation);

    protected override string Say(EndedDocument ended) => ended.Trial is null
        ? $"Cancelled sweep {ended.Sweep}; trials that have ended are kept."
        : $"Cancelled trial {ended.Trial} of sweep {ended.Sweep}.";
}
