using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>
/// Decides who may train a trial and whose reports count. Pure: the caller passes in monotonic clock readings. Renewals are
/// kept in memory only; after a restart the current lease has a full term again.
/// </summary>
/// <param name="state">The stored state.</param>
/// <param name="term">Time after which a lease that is not renewed expires.</param>
/// <param name="now">A reading of the monotonic clock.</param>
/// <param name="time">The time of day, for the history of leases alone.</param>
internal sealed class Trial(TrialState state, TimeSpan term, TimeSpan now, TimeProvider time)
{
    /// <summary>
    /// A machine may die during any trial once. If a machine dies again during the same trial, before the trial made any
    /// progress, the trial is taken to be the cause.
    /// </summary>
    private const int PoisonousDeaths = 2;

    private readonly LeaseHistory _history = new(state.Leases, time);

    private TimeSpan _heard = now;

    /// <summary>Whether the current lease ever reached its silo; assumed true for a lease from before this activation.</summary>
    private bool _wasHeard = true;

    public EpochReport? LastEpoch { get; private set; }

    /// <summary>Whether the trial ended in a way that another sweep may try again.</summary>
    private bool MayBeTriedAgain => state.Result?.Status is TrialStatus.Failed or TrialStatus.Cancelled;

    private bool IsOut => state.LeasedTo is not null && !state.IsCancelled;

    /// <summary>What the trainer that holds the lease must do.</summary>
    public Directive Directive => state switch
    {
        { IsCancelled: true } => Directive.Cancel,
        { IsPaused: true } => Directive.Pause,
        { LeasedTo: not null, WantedBy.Count: > 0 } when state.WantedBy.IsSubsetOf(state.FinishedBy) => Directive.Finish,
        _ => Directive.Continue,
    };

    /// <summary>What people may know about it; null if nobody was ever allowed to train it.</summary>
    /// <param name="id">The trial's id.</param>
    public TrialRecord? Record(string id) => state.Spec is null ? null : new()
    {
        Trial = id,
        Spec = state.Spec,
        Leases = [.. state.Leases],
        LeaseCount = state.Fence,
        Silo = state.LeasedTo,
        Epoch = state.LeasedTo is null ? null : LastEpoch,
        Result = state.Result,
        Failures = state.Failures,
        Checkpoint = state.Checkpoint?.Epoch,
        Sweeps = [.. state.Followers.Order(StringComparer.Ordinal)],
    };

    /// <summary>A sweep asks for the trial's status.</summary>
    public LeaseDecision Follow(string sweep)
    {
        var isChanged = Join(sweep);
        return new LeaseDecision(Standing(sweep), isChanged);
    }

    /// <summary>A sweep wants the trial trained.</summary>
    /// <param name="request">What the sweep asks for.</param>
    /// <param name="at">Now.</param>
    public LeaseDecision Lease(LeaseRequest request, TimeSpan at)
    {
        var isChanged = Join(request.Sweep);
        if (state.Result is null && request.IsHolderDead)
            isChanged |= Bury();
        var hasEnded = ResultFor(request.Sweep) is not null;
        if (hasEnded || (IsOut && at < _heard + term))
        {
            isChanged |= !hasEnded && Want(request.Sweep);
            return new LeaseDecision(Standing(request.Sweep), isChanged);
        }

        state.Spec = request.Spec;
        state.Followers.Add(request.Sweep);
        Want(request.Sweep);
        state.Fence++;
        (state.LeasedTo, state.LeasedFor) = (request.Silo, request.Sweep);
        _history.Grant(state.Fence, request.Silo, request.Sweep, state.Checkpoint?.Epoch);
        state.IsCancelled = false;
        state.Retries = request.Retries;
        (_heard, _wasHeard) = (at, false);
        LastEpoch = null;
        return new LeaseDecision(new LeaseAnswer(state.Fence, null, null, From: state.Checkpoint), IsChanged: true);
    }

    private TrialResult? ResultFor(string sweep) => state.EarlyResults.GetValueOrDefault(sweep) ?? state.Result;

    private LeaseAnswer Standing(string sweep) =>
        IsOut ? new(null, ResultFor(sweep), state.LeasedTo, state.LeasedFor, state.Checkpoint) : new(null, ResultFor(sweep), null, From: state.Checkpoint);

    private bool Join(string sweep)
    {
        if (state.Spec is null || !state.Followers.Add(sweep))
            return false;
        if (MayBeTriedAgain)
            Reopen();
        if (IsOut)
            Want(sweep);
        return true;
    }

    /// <summary>True if the state changed.</summary>
    private bool Want(string sweep)
    {
        state.IsPaused = false;
        return state.WantedBy.Add(sweep);
    }

    private void Reopen()
    {
        (state.Result, state.Failures, state.Deaths) = (null, 0, 0);
        state.FinishedBy.Clear();
    }

    /// <summary>Takes the lease from a dead silo. True if the state changed.</summary>
    private bool Bury()
    {
        if (state.LeasedTo is not { } silo)
            return false;
        (state.LeasedTo, state.LeasedFor) = (null, null);
        _history.End(state.Fence, "its silo died");
        if (_wasHeard && state.Checkpoint?.Fence != state.Fence)
            state.Deaths++;
        if (state.Deaths >= PoisonousDeaths)
        {
            state.WantedBy.Clear();
            state.Result = new TrialResult
            {
                Status = TrialStatus.Poisonous,
                Reason = $"{state.Deaths} silos died while training it, most recently {silo}, and each time it had made no progress; "
                    + "check their logs (out of memory, a native crash?), then retry the sweep",
            };
        }

        return true;
    }

    /// <summary>The holder of a lease reports.</summary>
    public Directive Report(long fence, EpochReport? epoch, TimeSpan at)
    {
        if (fence != state.Fence || state.LeasedTo is null)
            return Directive.Stale;
        if (Directive is Directive.Cancel)
            return Directive.Cancel;
        (_heard, _wasHeard) = (at, true);
        LastEpoch = epoch ?? LastEpoch;
        return Directive;
    }

    /// <summary>Whether a trainer that was given this directive still holds its lease, so that its checkpoints count.</summary>
    public static bool KeepsLease(Directive directive) => directive is Directive.Continue or Directive.Pause or Directive.Finish;

    /// <summary>The holder of a lease has written a checkpoint. If it keeps the lease, the state changed.</summary>
    public Directive Checkpointed(Checkpoint checkpoint, TimeSpan at)
    {
        var directive = Report(checkpoint.Fence, null, at);
        if (KeepsLease(directive))
        {
            (state.Checkpoint, state.Deaths) = (checkpoint, 0);
            _history.Checkpoint(checkpoint.Fence, checkpoint.Epoch);
        }

        return directive;
    }

    /// <summary>The holder of a lease gives it up. False if the caller does not hold the lease (any more).</summary>
    /// <param name="fence">Number of the lease.</param>
    /// <param name="why">Why, for the history.</param>
    public bool HandBack(long fence, string why = "handed back")
    {
        if (fence != state.Fence || state.LeasedTo is null)
            return false;
        _history.End(fence, why);
        (state.LeasedTo, state.LeasedFor, state.IsCancelled, state.IsPaused) = (null, null, false, false);
        // Sweeps that still want the trial ask for the next lease.
        state.WantedBy.Clear();
        return true;
    }

    /// <summary>The holder of a lease ends the trial.</summary>
    public Ending Complete(long fence, TrialResult result)
    {
        if (fence != state.Fence)
            return Ending.Refused;
        // The silo was taken for dead, but the trial finished anyway.
        var livesOn = state.Result?.Status is TrialStatus.Poisonous && result.Status is TrialStatus.Completed or TrialStatus.Unusable;
        if (!livesOn && (state.Result is not null || state.CountedFence == fence))
            return Ending.Known;
        if (!livesOn && state.LeasedTo is null)
            return Ending.Refused;
        if (result.EndsAfter is not null)
        {
            foreach (var sweep in state.WantedBy.Intersect(state.FinishedBy))
                state.EarlyResults[sweep] = result;
            state.FinishedBy.ExceptWith(state.WantedBy);
            state.CountedFence = fence;
            HandBack(fence, "finished early");
            return Ending.Early;
        }

        _history.End(fence, result.Reason is { } reason ? $"{Words.Of(result.Status)}: {reason}" : Words.Of(result.Status));
        var isCancelled = state.IsCancelled;
        (state.LeasedTo, state.LeasedFor, state.IsCancelled, state.IsPaused) = (null, null, false, false);
        state.WantedBy.Clear();
        if (result.Status is TrialStatus.Failed)
        {
            (state.Failures, state.CountedFence) = (state.Failures + 1, fence);
            if (state.Failures <= state.Retries && !isCancelled)
                return Ending.TriedAgain;
            if (state.Failures > 1)
                result = result with { Reason = string.Create(CultureInfo.InvariantCulture, $"{result.Reason} (failed on all {state.Failures} tries)") };
        }
        else if (result.Status is not TrialStatus.Cancelled)
        {
            state.Checkpoint = null;
        }

        state.FinishedBy.Clear();
        state.Result = result;
        return Ending.Final;
    }

    /// <summary>The user retries a trial that failed or is poisonous. True if the state changed.</summary>
    public bool TryAgain()
    {
        if (state.Result?.Status is not (TrialStatus.Failed or TrialStatus.Poisonous))
            return false;
        Reopen();
        return true;
    }

    /// <summary>A sweep no longer wants the trial; if no other sweep does, its lease is cancelled. True if the state changed.</summary>
    public bool Cancel(string sweep)
    {
        if (!state.WantedBy.Remove(sweep))
            return false;
        state.IsCancelled = state.LeasedTo is not null && state.WantedBy.Count == 0;
        return true;
    }

    /// <summary>A sweep pauses the trial; if no other sweep wants it, its lease must be handed back. True if the state changed.</summary>
    public bool Pause(string sweep)
    {
        if (!state.WantedBy.Remove(sweep))
            return false;
        state.IsPaused = state.LeasedTo is not null && state.WantedBy.Count == 0;
        return true;
    }

    /// <summary>
    /// A sweep wants the trial to end with its last validated epoch. False if another sweep wants all of it trained: then
    /// nothing has changed.
    /// </summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="isChanged">Whether the state changed.</param>
    public bool Finish(string sweep, out bool isChanged)
    {
        isChanged = false;
        if (state.WantedBy.Except(state.FinishedBy).Any(other => other != sweep))
            return false;
        isChanged = ResultFor(sweep) is null && state.FinishedBy.Add(sweep);
        return true;
    }

    /// <summary>Whether this sweep is the only one that holds the trial.</summary>
    public bool IsHeldOnlyBy(string sweep) => state.Followers.Count == 1 && state.Followers.Contains(sweep);

    /// <summary>Blobs of the results that this trial keeps.</summary>
    public ImmutableArray<string> Blobs => [.. BlobsOf(state.Result), .. state.EarlyResults.Values.SelectMany(early => BlobsOf(early))];

    /// <summary>Blobs that only this sweep's early result needs.</summary>
    public ImmutableArray<string> BlobsOf(string sweep) =>
    [
        .. BlobsOf(state.EarlyResults.GetValueOrDefault(sweep))
            .Except(state.EarlyResults.Where(early => early.Key != sweep).SelectMany(early => BlobsOf(early.Value))),
    ];

    /// <summary>Blobs that a result names.</summary>
    public static ImmutableArray<string> BlobsOf(TrialResult? result)
    {
        string?[] blobs = [result?.WeightsBlob, result?.EmbeddingsBlob];
        return [.. blobs.OfType<string>()];
    }

    /// <summary>
    /// A sweep was removed. True if the state changed. If no other sweep holds the trial, only the number of its last lease
    /// is kept: a trainer that is still stopping must never share that number with a later lease.
    /// </summary>
    public bool Forget(string sweep)
    {
        if (!state.Followers.Remove(sweep))
            return false;
        state.WantedBy.Remove(sweep);
        state.FinishedBy.Remove(sweep);
        state.EarlyResults.Remove(sweep);
        if (state.Followers.Count > 0)
            return true;
        (state.Spec, state.Result, state.LeasedTo, state.LeasedFor, state.IsCancelled) = (null, null, null, null, false);
        (state.Checkpoint, state.Failures, state.Deaths, state.IsPaused) = (null, 0, 0, false);
        state.Leases.Clear();
        return true;
    }
}
