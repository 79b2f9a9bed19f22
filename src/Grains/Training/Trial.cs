using System.Collections.Immutable;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Training;

/// <summary>
/// Decides who may train a trial and whose word counts. Pure: time comes in as a monotonic reading. Renewals live in
/// memory only; after a restart the lease that is out has a full term again.
/// </summary>
internal sealed class Trial(TrialState state, TimeSpan term, TimeSpan now)
{
    private TimeSpan _heard = now;

    public EpochReport? LastEpoch { get; private set; }

    /// <summary>Whether the trial ended in a way that another sweep may try again.</summary>
    private bool MayBeTriedAgain => state.Result?.Status is TrialStatus.Failed or TrialStatus.Cancelled;

    private bool IsOut => state.HeldBy is not null && !state.IsCancelled;

    /// <summary>A sweep asks how the trial stands. True where the state changed.</summary>
    public bool Follow(string sweep, out LeaseAnswer answer)
    {
        var changed = Join(sweep);
        answer = Standing;
        return changed;
    }

    /// <summary>A sweep wants the trial trained. True where the state changed.</summary>
    public bool Lease(TrialSpec spec, string sweep, string silo, TimeSpan at, out LeaseAnswer answer)
    {
        var changed = Join(sweep);
        if (state.Result is not null || (IsOut && at < _heard + term))
        {
            changed |= state.Result is null && state.WantedBy.Add(sweep);
            answer = Standing;
            return changed;
        }

        state.Spec = spec;
        state.Followers.Add(sweep);
        state.WantedBy.Add(sweep);
        state.Fence++;
        (state.HeldBy, state.HeldFor) = (silo, sweep);
        state.IsCancelled = false;
        _heard = at;
        LastEpoch = null;
        answer = new LeaseAnswer(state.Fence, null, null);
        return true;
    }

    private LeaseAnswer Standing => IsOut ? new(null, state.Result, state.HeldBy, state.HeldFor) : new(null, state.Result, null);

    private bool Join(string sweep)
    {
        if (state.Spec is null || !state.Followers.Add(sweep))
            return false;
        if (MayBeTriedAgain)
            state.Result = null;
        if (IsOut)
            state.WantedBy.Add(sweep);
        return true;
    }

    /// <summary>The silo that holds the lease is gone: the lease has expired.</summary>
    public void Lose() => _heard = TimeSpan.MinValue;

    /// <summary>The holder of a lease reports.</summary>
    public Directive Report(long fence, EpochReport? epoch, TimeSpan at)
    {
        if (fence != state.Fence || state.HeldBy is null)
            return Directive.Stale;
        if (state.IsCancelled)
            return Directive.Cancel;
        _heard = at;
        LastEpoch = epoch ?? LastEpoch;
        return Directive.Continue;
    }

    /// <summary>The holder of a lease ends the trial. False where the lease is not, or no longer, its own.</summary>
    public bool Complete(long fence, TrialResult result)
    {
        if (fence != state.Fence)
            return false;
        if (state.Result is not null)
            return true;
        if (state.HeldBy is null)
            return false;
        (state.HeldBy, state.HeldFor) = (null, null);
        state.WantedBy.Clear();
        state.Result = result;
        return true;
    }

    /// <summary>A sweep no longer wants the trial; where no other does, its lease is cancelled. True where the state changed.</summary>
    public bool Cancel(string sweep)
    {
        if (!state.WantedBy.Remove(sweep))
            return false;
        state.IsCancelled = state.HeldBy is not null && state.WantedBy.Count == 0;
        return true;
    }

    /// <summary>
    /// A sweep was removed. True where the state changed. Where it was the last one that held the trial, nothing is left
    /// but the number of its last lease: a trainer that still winds down must never share one with a lease to come.
    /// </summary>
    public bool Forget(string sweep, out ImmutableArray<string> blobs)
    {
        blobs = [];
        if (!state.Followers.Remove(sweep))
            return false;
        state.WantedBy.Remove(sweep);
        if (state.Followers.Count > 0)
            return true;
        string?[] left = [state.Result?.WeightsBlob, state.Result?.EmbeddingsBlob];
        blobs = [.. left.OfType<string>()];
        (state.Spec, state.Result, state.HeldBy, state.HeldFor, state.IsCancelled) = (null, null, null, null, false);
        return true;
    }
}
