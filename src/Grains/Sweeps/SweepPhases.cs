using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Threads;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// The phases of a sweep: each method is an event, changes the state, and returns what the grain must do about the change.
/// Pure: the caller passes in the date and the code version of its silo.
/// </summary>
/// <param name="sweep">The sweep's id, for messages.</param>
/// <param name="state">The state that the events change.</param>
internal sealed class SweepPhases(string sweep, SweepState state)
{
    public const string CancelledByUser = "cancelled by the user";
    public const string FinishedByUser = "finished early, as requested";

    /// <summary>Whether the sweep still has something to do by itself.</summary>
    public bool IsUnfinished => state.Phase is SweepPhase.Preparing or SweepPhase.Running or SweepPhase.Forming;

    /// <summary>Whether trials may be leased.</summary>
    public bool MayLease => MayBegin || IsFinishing;

    /// <summary>Whether trials may begin or resume that are not being trained.</summary>
    public bool MayBegin => state.Phase is SweepPhase.Running && !state.IsCancelled && state.Stopped is null;

    /// <summary>Whether trials that have begun end with their last validated epoch, and no others begin.</summary>
    public bool IsFinishing => state.Phase is SweepPhase.Running && !state.IsCancelled && state.IsFinishing;

    /// <summary>Why every trial that has not ended must be cancelled; null if training continues or is being finished.</summary>
    public string? WhyCancelled => state.IsCancelled ? CancelledByUser : IsFinishing ? null : state.Stopped;

    /// <summary>Whether the sweep ended before it trained anything. It does not hold its name: a new one may replace it.</summary>
    public bool NeverTrained => state.Phase is SweepPhase.Rejected || (state.Phase is SweepPhase.Cancelled && state.StartedAt is null);

    /// <summary>The sweep is submitted, perhaps in place of one that never trained.</summary>
    public SweepChange Submit(SweepRequest request, DateTimeOffset now, string? trace = null)
    {
        (state.Request, state.SubmittedAt, state.StartedAt, state.EndedAt) = (request, now, null, null);
        (state.Problem, state.Plan, state.Data, state.IsCancelled, state.Unavailable) = (null, null, null, false, 0);
        (state.Points, state.Stop, state.StopFrom, state.Stopped, state.IsFinishing) = (null, null, null, null, false);
        state.Trace = trace;
        return Enter(SweepPhase.Preparing);
    }

    /// <summary>The sweep is loaded by a silo. Trials that were planned for other training code must be planned again.</summary>
    public bool MustPlanAgain(string codeVersion)
    {
        if (state.Phase is not (SweepPhase.Running or SweepPhase.Prepared) || state.CodeVersion == codeVersion)
            return false;
        // What was being finished is trained again, because the trials of the earlier build are not usable.
        (state.Stopped, state.IsFinishing) = (state.IsFinishing ? null : state.Stopped, false);
        state.Phase = SweepPhase.Preparing;
        return true;
    }

    /// <summary>The data is valid.</summary>
    public SweepChange Plan(SweepPlan plan, DataFacts data, string codeVersion, DateTimeOffset now)
    {
        (state.Plan, state.Data, state.CodeVersion) = (plan, data, codeVersion);
        if (state.Request!.StartWhenPrepared)
            state.StartedAt ??= now;
        return Enter(state.StartedAt is null ? SweepPhase.Prepared : SweepPhase.Running);
    }

    /// <summary>This silo cannot get the data; another may.</summary>
    public SweepChange LackData()
    {
        state.Unavailable++;
        return SweepChange.InPhase;
    }

    /// <summary>The data cannot be used.</summary>
    public SweepChange Reject(string problem, DateTimeOffset now)
    {
        (state.Problem, state.EndedAt) = (problem, now);
        return Enter(SweepPhase.Rejected);
    }

    /// <summary>The user starts training.</summary>
    public SweepChange Start(DateTimeOffset now)
    {
        if (state.Phase is not SweepPhase.Prepared)
            return SweepChange.None;
        state.StartedAt = now;
        return Enter(SweepPhase.Running);
    }

    /// <summary>The user cancels the sweep.</summary>
    public SweepChange Cancel(DateTimeOffset now)
    {
        switch (state.Phase)
        {
            case SweepPhase.Preparing or SweepPhase.Prepared:
                (state.IsCancelled, state.EndedAt) = (true, now);
                return Enter(SweepPhase.Cancelled);
            case SweepPhase.Running or SweepPhase.Forming when !state.IsCancelled:
                state.IsCancelled = true;
                // The next step cancels the trials, retrying until they know. An ensemble that is being formed is kept.
                return SweepChange.InPhase;
            default:
                return SweepChange.None;
        }
    }

    /// <summary>The user finishes the sweep early.</summary>
    /// <exception cref="BadInputException">It is not training, so there is nothing to finish.</exception>
    public SweepChange Finish()
    {
        if (state.Phase is SweepPhase.Preparing or SweepPhase.Prepared)
            throw BadInputException.Conflict($"Sweep '{sweep}' is not training {(state.StartedAt is null ? "yet" : "at the moment")}, so there is nothing to finish; cancel it, or wait.");
        if (state.Phase is SweepPhase.Forming)
            throw BadInputException.Conflict($"Sweep '{sweep}' is already forming its ensemble.");
        if (state.Phase is SweepPhase.Running && !MayLease)
            throw BadInputException.Conflict($"Sweep '{sweep}' is already being {(state.IsCancelled ? "cancelled" : "stopped")}.");
        if (!MayBegin)
            return SweepChange.None;
        (state.IsFinishing, state.Stopped) = (true, FinishedByUser);
        return SweepChange.InPhase;
    }

    /// <summary>Why the sweep stops now; null if its time is not up.</summary>
    public string? WhyStop(DateTimeOffset now) =>
        MayBegin && state.CurrentStop.After is { } after && (state.StopFrom ?? state.StartedAt) is { } from && now - from >= after
            ? FormattableString.Invariant($"stopped after {after.TotalMinutes:0.##} min, as requested")
            : null;

    /// <summary>Whether the sweep stops as soon as a point is good enough.</summary>
    public bool StopsAtEer => MayBegin && state.CurrentStop.Eer is not null;

    /// <summary>Why the sweep stops with this lowest validation EER of a point; null if the EER is not low enough.</summary>
    public string? WhyStop(double? best) => best <= state.CurrentStop.Eer
        ? FormattableString.Invariant($"stopped at a validation EER of {100 * best:0.00} %, as requested")
        : null;

    /// <summary>The sweep's stop rule applies.</summary>
    public SweepChange Stop(string why)
    {
        state.Stopped = why;
        return SweepChange.InPhase;
    }

    /// <summary>Whether a sweep, ended or not, can be given more work; false if it has not started.</summary>
    /// <exception cref="BadInputException">It cannot; the message says why.</exception>
    public bool MayGoOn(string verb, string codeVersion)
    {
        if (state.Request is null)
            throw BadInputException.Missing($"There is no sweep '{sweep}'.");
        if (state.Phase is SweepPhase.Rejected)
            throw new BadInputException($"Sweep '{sweep}' was rejected, so none of its trials were trained: {state.Problem}");
        if (state.Phase is SweepPhase.Forming)
            throw BadInputException.Conflict($"Sweep '{sweep}' is forming its ensemble; {verb} it when that is done.");
        if (state.Phase is not (SweepPhase.Running or SweepPhase.Completed or SweepPhase.Cancelled) || state.Plan is null)
            return false;
        if (state.Phase is SweepPhase.Running && (state.IsCancelled || state.Stopped is not null))
            throw BadInputException.Conflict($"Sweep '{sweep}' is being {(state.IsCancelled ? "cancelled" : "stopped")}; {verb} it when that is done.");
        if (state.CodeVersion != codeVersion)
            throw BadInputException.Conflict($"Sweep '{sweep}' was trained by another build, and only that build can resume its trials; submit it again under another name.");
        return true;
    }

    /// <summary>Whether <see cref="PlanWith"/> has no reason to refuse more points.</summary>
    public static bool CanExtend(SweepState state, string codeVersion) =>
        state is { Request.Search: not SearchKind.Grid, Plan: not null }
        && (state.Phase is SweepPhase.Completed or SweepPhase.Cancelled || (state is { Phase: SweepPhase.Running, IsCancelled: false, Stopped: null }))
        && state.CodeVersion == codeVersion;

    /// <summary>The plan of the sweep with this many points; null if it already has them.</summary>
    /// <exception cref="BadInputException">It cannot have more points; the message says why.</exception>
    public async Task<SweepPlan?> PlanWith(int points, StopRule stop, string codeVersion)
    {
        if (state.Request?.Search is SearchKind.Grid)
            throw BadInputException.Conflict($"Sweep '{sweep}' is a grid, which already covers every combination; submit another sweep with more values, and it reuses the trained trials.");
        if (!MayGoOn("extend", codeVersion))
            throw new BadInputException($"Sweep '{sweep}' has not started yet; extend it once it is training.");
        var request = state.Fitted;
        (request with { Points = points, Stop = stop }).Check();
        var (plan, data) = (state.Plan!, state.Data!);
        return points <= request.Points ? null : await OwnThread.Run(() => SweepPlanning.WithPoints(plan, request with { Points = points }, data), CancellationToken.None);
    }

    /// <summary>The sweep is given more points, or will have fewer because its search has no more.</summary>
    public SweepChange Repoint(int points, SweepPlan plan)
    {
        (state.Points, state.Plan) = (points, plan);
        return SweepChange.InPhase;
    }

    /// <summary>The sweep is given more work.</summary>
    public SweepChange GoOn(StopRule stop, DateTimeOffset now)
    {
        (state.IsCancelled, state.EndedAt, state.Problem, state.Stopped, state.IsFinishing) = (false, null, null, null, false);
        (state.Stop, state.StopFrom) = (stop, now);
        return Enter(SweepPhase.Running);
    }

    /// <summary>The user retries the sweep: open trials are trained, or an ensemble that could not be formed is formed again.</summary>
    /// <param name="isOpen">Whether some of its trials have not ended.</param>
    /// <param name="now">Now.</param>
    public SweepChange Retry(bool isOpen, DateTimeOffset now) => state switch
    {
        // An interrupted retry may have reopened the trials without resuming the sweep.
        { Phase: not SweepPhase.Running } when isOpen => GoOn(new StopRule(), now),
        // Forming may have failed last time although there were usable trials: try again.
        { Phase: SweepPhase.Completed, Result: null, Problem: not null } => Enter(SweepPhase.Forming),
        _ => SweepChange.None,
    };

    /// <summary>Every trial has ended.</summary>
    public SweepChange Form() => Enter(SweepPhase.Forming);

    /// <summary>The ensemble has a new version although training continues. It is stored, so that a reactivated sweep still knows it.</summary>
    public SweepChange Show(Ensemble? newest)
    {
        if (newest is null || state.Newest?.Version == newest.Version)
            return SweepChange.None;
        state.Newest = EnsembleSoFar.Of(newest);
        return SweepChange.InPhase;
    }

    /// <summary>The ensemble is formed, or cannot be.</summary>
    public SweepChange End(SweepResult? result, string? problem, DateTimeOffset now)
    {
        state.Result = result;
        state.Newest = result is null ? state.Newest : EnsembleSoFar.Of(result.Ensemble.Ensemble);
        (state.Problem, state.EndedAt) = (problem, now);
        return Enter(state.IsCancelled ? SweepPhase.Cancelled : SweepPhase.Completed);
    }

    private SweepChange Enter(SweepPhase phase)
    {
        state.Phase = phase;
        return SweepChange.Phase;
    }
}
