using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Training;

/// <summary>
/// Decides who may train a trial and whose word counts. Pure: time comes in as a monotonic reading. Renewals live in
/// memory only; after a restart the lease that is out has a full term again.
/// </summary>
internal sealed class Trial(TrialState state, TimeSpan term, TimeSpan now)
{
    /// <summary>
    /// A machine may die under any trial once; one that dies again under the same trial, before that got any further, is
    /// taken to die of it.
    /// </summary>
    private const int PoisonousDeaths = 2;

    private TimeSpan _heard = now;

    /// <summary>Whether the lease that is out ever reached its silo; of one from before this activation that is not known.</summary>
    private bool _wasHeard = true;

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
    /// <param name="spec">The trial.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="silo">The silo whose slot it is for.</param>
    /// <param name="isHolderDead">Whether the silo that holds the lease that is out is dead: then that has expired.</param>
    /// <param name="retries">Failures before the final one.</param>
    /// <param name="at">Now.</param>
    /// <param name="answer">What the sweep is told.</param>
    public bool Lease(TrialSpec spec, string sweep, string silo, bool isHolderDead, int retries, TimeSpan at, out LeaseAnswer answer)
    {
        var changed = Join(sweep);
        if (state.Result is null && isHolderDead)
            changed |= Bury();
        if (state.Result is not null || (IsOut && at < _heard + term))
        {
            changed |= state.Result is null && Want(sweep);
            answer = Standing;
            return changed;
        }

        state.Spec = spec;
        state.Followers.Add(sweep);
        Want(sweep);
        state.Fence++;
        (state.HeldBy, state.HeldFor) = (silo, sweep);
        state.IsCancelled = false;
        state.Retries = retries;
        (_heard, _wasHeard) = (at, false);
        LastEpoch = null;
        answer = new LeaseAnswer(state.Fence, null, null, From: state.Checkpoint);
        return true;
    }

    private LeaseAnswer Standing => IsOut ? new(null, state.Result, state.HeldBy, state.HeldFor) : new(null, state.Result, null);

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

    /// <summary>True where the state changed.</summary>
    private bool Want(string sweep)
    {
        state.IsPaused = false;
        return state.WantedBy.Add(sweep);
    }

    private void Reopen() => (state.Result, state.Failures, state.Deaths) = (null, 0, 0);

    /// <summary>Takes the lease from a dead silo. True where the state changed.</summary>
    private bool Bury()
    {
        if (state.HeldBy is not { } silo)
            return false;
        (state.HeldBy, state.HeldFor) = (null, null);
        if (_wasHeard && state.Checkpoint?.Fence != state.Fence)
            state.Deaths++;
        if (state.Deaths >= PoisonousDeaths)
        {
            state.WantedBy.Clear();
            state.Result = new TrialResult
            {
                Status = TrialStatus.Poisonous,
                Reason = $"{state.Deaths} silos died while they trained it, the last one {silo}, and each time it had got no further; "
                    + "see their logs (out of memory, a native crash?), then retry the sweep",
            };
        }

        return true;
    }

    /// <summary>The holder of a lease reports.</summary>
    public Directive Report(long fence, EpochReport? epoch, TimeSpan at)
    {
        if (fence != state.Fence || state.HeldBy is null)
            return Directive.Stale;
        if (state.IsCancelled)
            return Directive.Cancel;
        (_heard, _wasHeard) = (at, true);
        LastEpoch = epoch ?? LastEpoch;
        return state.IsPaused ? Directive.Pause : Directive.Continue;
    }

    /// <summary>The holder of a lease has written a checkpoint. Where the answer is to continue or to pause, the state changed.</summary>
    public Directive Checkpointed(Checkpoint checkpoint, TimeSpan at)
    {
        var directive = Report(checkpoint.Fence, null, at);
        if (directive is Directive.Continue or Directive.Pause)
            (state.Checkpoint, state.Deaths) = (checkpoint, 0);
        return directive;
    }

    /// <summary>The holder of a lease gives it up. False where it is not, or no longer, its own.</summary>
    public bool HandBack(long fence)
    {
        if (fence != state.Fence || state.HeldBy is null)
            return false;
        (state.HeldBy, state.HeldFor, state.IsCancelled, state.IsPaused) = (null, null, false, false);
        // Whoever still wants it asks for the next lease.
        state.WantedBy.Clear();
        return true;
    }

    /// <summary>The holder of a lease ends the trial.</summary>
    public Ending Complete(long fence, TrialResult result)
    {
        if (fence != state.Fence)
            return Ending.Refused;
        // Its silo was taken for dead, and it has come to its end all the same.
        var livesOn = state.Result?.Status is TrialStatus.Poisonous && result.Status is TrialStatus.Completed or TrialStatus.Unusable;
        if (!livesOn && (state.Result is not null || state.FailedFence == fence))
            return Ending.Known;
        if (!livesOn && state.HeldBy is null)
            return Ending.Refused;
        var isCancelled = state.IsCancelled;
        (state.HeldBy, state.HeldFor, state.IsCancelled, state.IsPaused) = (null, null, false, false);
        state.WantedBy.Clear();
        if (result.Status is TrialStatus.Failed)
        {
            (state.Failures, state.FailedFence) = (state.Failures + 1, fence);
            if (state.Failures <= state.Retries && !isCancelled)
                return Ending.TriedAgain;
            if (state.Failures > 1)
                result = result with { Reason = string.Create(CultureInfo.InvariantCulture, $"{result.Reason} (failure {state.Failures} of as many tries)") };
        }
        else if (result.Status is not TrialStatus.Cancelled)
        {
            state.Checkpoint = null;
        }

        state.Result = result;
        return Ending.Final;
    }

    /// <summary>The user lets a trial that failed or is poisonous run again. True where the state changed.</summary>
    public bool TryAgain()
    {
        if (state.Result?.Status is not (TrialStatus.Failed or TrialStatus.Poisonous))
            return false;
        Reopen();
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

    /// <summary>The sweep does not want the trial trained for now; where no other does, its lease is to be handed back. True where the state changed.</summary>
    public bool Pause(string sweep)
    {
        if (!state.WantedBy.Remove(sweep))
            return false;
        state.IsPaused = state.HeldBy is not null && state.WantedBy.Count == 0;
        return true;
    }

    /// <summary>Whether nobody would hold the trial without that sweep.</summary>
    public bool IsHeldOnlyBy(string sweep) => state.Followers.Count == 1 && state.Followers.Contains(sweep);

    /// <summary>Blobs that only this trial needs.</summary>
    public ImmutableArray<string> Blobs => BlobsOf(state.Result);

    /// <summary>Blobs that a result names.</summary>
    public static ImmutableArray<string> BlobsOf(TrialResult? result)
    {
        string?[] blobs = [result?.WeightsBlob, result?.EmbeddingsBlob];
        return [.. blobs.OfType<string>()];
    }

    /// <summary>
    /// A sweep was removed. True where the state changed. Where it was the last one that held the trial, nothing is left
    /// but the number of its last lease: a trainer that still winds down must never share one with a lease to come.
    /// </summary>
    public bool Forget(string sweep)
    {
        if (!state.Followers.Remove(sweep))
            return false;
        state.WantedBy.Remove(sweep);
        if (state.Followers.Count > 0)
            return true;
        (state.Spec, state.Result, state.HeldBy, state.HeldFor, state.IsCancelled) = (null, null, null, null, false);
        (state.Checkpoint, state.Failures, state.Deaths, state.IsPaused) = (null, 0, 0, false);
        return true;
    }
}
