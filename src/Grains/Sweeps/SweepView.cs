using Siamese.Contracts.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep reports to clients and to the board.</summary>
internal static class SweepView
{
    /// <summary>Maximum number of ended trials in one report.</summary>
    public const int MaximumEnded = 500;

    /// <summary>The sweep on the board.</summary>
    public static BoardEntry EntryOf(string sweep, SweepState state) => new()
    {
        Sweep = sweep,
        Phase = state.Phase,
        SubmittedAt = state.SubmittedAt,
        HasEnsemble = (state.Result, state.Newest) is not (null, null),
        FormedAt = state.Newest?.FormedAt ?? state.Result?.Ensemble.Ensemble.FormedAt,
    };

    /// <summary>The status of the sweep, with the lines of its ledger from a position up to another.</summary>
    public static SweepProgress Progress(SweepActivation sweep, SweepState state, SweepTrials trials, SweepPoints points, int cursor, int upTo, int slots) => new()
    {
        Sweep = sweep.Id,
        Phase = state.Phase,
        Problem = state.Problem,
        Plan = state.Plan,
        Waiting = trials.Queue?.Waiting ?? Math.Max(0, (state.Plan?.Trials ?? 0) - LedgerLines.Ended(trials.Ledger)),
        WaitingFor = state.Phase is SweepPhase.Running && trials.Queue is { Waiting: > 0 } queue ? WaitingFor(queue, state.Request!.Slots, slots) : null,
        Running = state.Phase is SweepPhase.Running ? trials.Queue?.Running ?? [] : [],
        Ended = trials.Queue?.EndedFrom(cursor, upTo) ?? [],
        Cursor = trials.Queue is null ? cursor : Math.Max(cursor, upTo),
        EndedInAll = LedgerLines.Ended(trials.Ledger.Take(trials.Stored)),
        CursorEnd = trials.Stored,
        Slots = slots,
        Seconds = state.StartedAt is { } started ? ((state.EndedAt ?? sweep.Time.GetUtcNow()) - started).TotalSeconds : 0,
        Ensemble = EntryOf(sweep.Id, state).HasEnsemble ? sweep.Id : null,
        Newest = state.Newest,
        Result = state.Result,
        SubmittedAt = state.SubmittedAt,
        Points = state.Plan is { } plan ? plan.Trials / state.Request!.TrialsPerPoint() : 0,
        LeftOut = points.Remark,
        Stopped = state.Stopped,
        CanExtend = SweepPhases.CanExtend(state, CodeVersion.Current),
    };

    private static string WaitingFor(TrialQueue queue, int? own, int slots)
    {
        if (slots == 0)
            return "for a silo with slots";
        var slot = queue.RunningOrdinals.Length >= own ? "for one of this sweep's slots" : "for a free slot";
        return queue.Whys.FirstOrDefault() is { } why ? $"{slot} ({why})" : slot;
    }
}
