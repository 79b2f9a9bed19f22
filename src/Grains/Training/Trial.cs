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

    private bool IsHeld(TimeSpan at) => state.HeldBy is not null && at - _heard < term;

    /// <summary>Whether the trial ended in a way that another sweep may try again.</summary>
    private bool MayBeTriedAgain => state.Result?.Status is TrialStatus.Failed or TrialStatus.Cancelled;

    /// <summary>A sweep asks how the trial ended. True where the state changed.</summary>
    public bool Follow(string sweep)
    {
        var isNew = state.Spec is not null && state.Followers.Add(sweep);
        if (isNew && MayBeTriedAgain)
            state.Result = null;
        return isNew;
    }

    /// <summary>A sweep wants the trial trained. True where the state changed.</summary>
    public bool Lease(TrialSpec spec, string sweep, string silo, TimeSpan at, out LeaseAnswer answer)
    {
        var changed = Follow(sweep);
        if (state.Result is not null || (IsHeld(at) && !state.IsCancelled))
        {
            answer = new LeaseAnswer(null, state.Result, state.Result is null ? state.HeldBy : null);
            return changed;
        }

        state.Spec = spec;
        state.Followers.Add(sweep);
        state.Fence++;
        state.HeldBy = silo;
        state.IsCancelled = false;
        _heard = at;
        LastEpoch = null;
        answer = new LeaseAnswer(state.Fence, null, null);
        return true;
    }

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
        state.HeldBy = null;
        state.Result = result;
        return true;
    }

    /// <summary>A sweep no longer wants the trial. True where its lease must be stopped.</summary>
    public bool Cancel(string sweep)
    {
        if (state.Result is not null || state.HeldBy is null || state.Followers.Any(other => other != sweep))
            return false;
        state.IsCancelled = true;
        return true;
    }
}
