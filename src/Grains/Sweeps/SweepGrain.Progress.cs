using System.Collections.Immutable;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep reports to clients.</summary>
internal sealed partial class SweepGrain
{
    public async Task<SweepProgress> GetProgress(int cursor, CancellationToken cancellation)
    {
        // Report only what is stored, so that what a client has seen still holds after a crash.
        var upTo = Math.Min(_stored.Count, cursor + MaximumEndedPerCall);
        if (State.Plan is not null && State.Phase is not (SweepPhase.Preparing or SweepPhase.Prepared) && !_isLeaving)
            await Recall(await Load(), _ledger.Take(upTo).Skip(cursor));
        return new SweepProgress
        {
            Sweep = Id,
            Phase = State.Phase,
            Problem = State.Problem,
            Plan = State.Plan,
            Waiting = _sweep?.Waiting ?? State.Plan?.Trials ?? 0,
            WaitingFor = WaitingFor(),
            Running = State.Phase is SweepPhase.Running ? _sweep?.Running ?? [] : [],
            Ended = _sweep?.EndedFrom(cursor, upTo) ?? [],
            Cursor = _sweep is null ? cursor : Math.Max(cursor, upTo),
            EndedInAll = LedgerLines.Ended(_ledger.Take(_stored.Count)),
            CursorEnd = _stored.Count,
            Slots = _slots,
            Seconds = State.StartedAt is { } started ? ((State.EndedAt ?? time.GetUtcNow()) - started).TotalSeconds : 0,
            Ensemble = Entry.HasEnsemble ? Id : null,
            Newest = State.Newest,
            Result = State.Result,
            SubmittedAt = State.SubmittedAt,
            Points = State.Plan is { } plan ? plan.Trials / State.Request!.TrialsPerPoint() : 0,
            LeftOut = AdaptiveSearch.ToExpansion(_proposals).Remark,
            Stopped = State.Stopped,
        };
    }

    public async Task<ImmutableArray<TrialReport>> GetTrials(CancellationToken cancellation)
    {
        // Until the sweep is prepared, its trials may belong to another build.
        if (State.Plan is null || State.Phase is SweepPhase.Preparing)
            return [];
        var sweep = await Load();
        await Recall(sweep, _ledger);
        return [.. sweep.Reports(Now, term.Value.Length).OrderBy(trial => trial.Result?.Validation?.Eer ?? double.PositiveInfinity)];
    }

    private string? WaitingFor()
    {
        if (State.Phase is not SweepPhase.Running || _sweep is not { Waiting: > 0 })
            return null;
        if (_slots == 0)
            return "for a silo with slots";
        var slot = State.Request!.Slots is { } own && _sweep.RunningOrdinals.Length >= own ? "for one of this sweep's slots" : "for a free slot";
        return _sweep.Whys.FirstOrDefault() is { } why ? $"{slot} ({why})" : slot;
    }
}
