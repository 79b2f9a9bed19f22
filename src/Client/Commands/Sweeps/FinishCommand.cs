using Siamese.Client.CommandLine;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`finish SWEEP|TRIAL`: ends a sweep, or one trial named by the start of its id, with what is trained.</summary>
internal sealed class FinishCommand(Surroundings surroundings, CommonOptions common) : EndingCommand(surroundings, common)
{
    protected override string Name => "finish";

    protected override string Description => "End a sweep or one trial with what is trained: trials end with their last validated epochs.";

    protected override bool HasEnded(SweepPhase phase) => phase is SweepPhase.Completed or SweepPhase.Rejected or SweepPhase.Cancelled;

    protected override Task EndSweep(ISweepGrain sweep, CancellationToken cancellation) => sweep.Finish(cancellation);

    protected override Task<bool> EndTrial(ISweepGrain sweep, string trial, CancellationToken cancellation) => sweep.FinishTrial(trial, cancellation);

    protected override string Say(EndedDocument ended) => ended.Trial is null
        ? $"Finishing sweep {ended.Sweep}: trials end with their last validated epochs, and the ensemble is formed. Follow it with: client watch {ended.Sweep}"
        : $"Finishing trial {ended.Trial} of sweep {ended.Sweep}: it ends with its last validated epoch.";
}
