using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;

namespace Siamese.Grains.Trials;

/// <inheritdoc cref="ITrialGrain"/>
internal sealed partial class TrialGrain(
    [PersistentState("trial")] IPersistentState<TrialState> state,
    SiloRoll roll,
    IBlobStore blobs,
    ICheckpointStore checkpoints,
    IOptions<LeaseTerm> term,
    TimeProvider time,
    ILogger<TrialGrain> logger) : Grain, ITrialGrain, ITrialRecordGrain
{
    private readonly ILogger _logger = logger;
    private readonly long _origin = time.GetTimestamp();
    private Trial _trial = null!;

    private string Id => this.GetPrimaryKeyString();

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>The trainer that holds the current lease.</summary>
    private ITrainerGrain Trainer => GrainFactory.GetGrain<ITrainerGrain>(LeaseKey.Of(Id, state.State.Fence));

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _trial = new Trial(state.State, term.Value.Length, Now, time);
        return Task.CompletedTask;
    }

    public Task<TrialRecord?> GetRecord(CancellationToken cancellation) => Task.FromResult(_trial.Record(Id));

    public async Task<LeaseAnswer> Follow(string sweep, CancellationToken cancellation)
    {
        var (answer, isChanged) = _trial.Follow(sweep);
        if (isChanged)
            await this.Save(state, cancellation);
        return answer;
    }

    public async Task<LeaseAnswer> Lease(TrialSpec spec, string sweep, string silo, int retries, CancellationToken cancellation)
    {
        var isHolderDead = state.State.LeasedTo is { } holder && roll.IsGone(holder);
        var wasOpen = state.State.Result is null;
        string[] waiting = [.. state.State.WantedBy.Where(other => other != sweep)];
        var (answer, isChanged) = _trial.Lease(new LeaseRequest(spec, sweep, silo, retries, isHolderDead), Now);
        if (isChanged)
            await this.Save(state, cancellation);
        if (answer.Fence is not null)
            LogLeased(Id, answer.Fence, silo, sweep);
        else if (wasOpen && state.State.Result is { } poisonous)
            End(state.State.Fence, poisonous, waiting);
        return answer;
    }

    public Task<Directive> Report(long fence, EpochReport? epoch, CancellationToken cancellation)
    {
        var directive = _trial.Report(fence, epoch, Now);
        if (directive is Directive.Stale)
            Refuse(fence);
        else
            TellThatItRuns();
        return Task.FromResult(directive);
    }

    public async Task<Directive> Checkpointed(Checkpoint checkpoint, CancellationToken cancellation)
    {
        var directive = _trial.Checkpointed(checkpoint, Now);
        if (directive is Directive.Stale)
        {
            Refuse(checkpoint.Fence);
            // If the trial was forgotten meanwhile, nobody else removes its checkpoints.
            if (state.State.Spec is null)
                await checkpoints.Delete(Id, checkpoint.Fence, except: null, cancellation);
        }
        else if (Trial.KeepsLease(directive))
            await this.Save(state, cancellation);
        return directive;
    }

    public async Task<bool> HandBack(long fence, string? refusal, CancellationToken cancellation)
    {
        var holder = state.State.LeasedTo;
        string[] waiting = [.. state.State.WantedBy];
        if (!_trial.HandBack(fence, refusal is null ? "handed back" : $"refused: {refusal}"))
        {
            Refuse(fence);
            return false;
        }

        await this.Save(state, cancellation);
        var why = refusal is null ? $"handed back by {holder}" : $"refused by {holder}: {refusal}";
        LogReturned(Id, fence, why);
        TellThatItWaits(waiting, why, refusal is null ? null : holder);
        return true;
    }

    public async Task<bool> Complete(long fence, TrialResult result, CancellationToken cancellation)
    {
        string[] waiting = [.. state.State.WantedBy];
        var holder = state.State.LeasedTo;
        var ending = _trial.Complete(fence, result);
        switch (ending)
        {
            case Ending.Refused:
                Refuse(fence);
                await Discard(result, cancellation);
                break;
            case Ending.TriedAgain:
                await this.Save(state, cancellation);
                var why = $"failed on {holder} ({state.State.Failures} of {state.State.Retries + 1} tries): {result.Reason}";
                LogReturned(Id, fence, why);
                TellThatItWaits(waiting, why, refusedBy: null);
                break;
            case Ending.Early:
                await this.Save(state, cancellation);
                string[] finished = [.. waiting.Where(state.State.EarlyResults.ContainsKey)];
                if (finished.Length == 0)
                    await Discard(result, cancellation);
                TellThatItWaits([.. waiting.Except(finished)], $"finished early on {holder} for another sweep", refusedBy: null);
                End(fence, result, finished);
                break;
            case Ending.Final:
                await this.Save(state, cancellation);
                End(fence, state.State.Result!, waiting);
                break;
        }

        return ending is not Ending.Refused;
    }

    public async Task Cancel(string sweep, CancellationToken cancellation)
    {
        if (_trial.Cancel(sweep))
            await SaveAndDirect(cancellation);
    }

    public async Task Pause(string sweep, CancellationToken cancellation)
    {
        if (_trial.Pause(sweep))
            await SaveAndDirect(cancellation);
    }

    public async Task<bool> Finish(string sweep, CancellationToken cancellation)
    {
        var mayFinish = _trial.Finish(sweep, out var isChanged);
        if (isChanged)
            await SaveAndDirect(cancellation);
        return mayFinish;
    }

    public async Task TryAgain(CancellationToken cancellation)
    {
        if (_trial.TryAgain())
            await this.Save(state, cancellation);
    }

    public async Task<long> Forget(string sweep, CancellationToken cancellation)
    {
        long freed = 0;
        var isLast = _trial.IsHeldOnlyBy(sweep);
        // Delete the blobs first, so that an interrupted removal still finds them when it is repeated.
        foreach (var blob in (isLast ? _trial.Blobs : _trial.BlobsOf(sweep)).Except(state.State.Holders.Values))
            freed += await blobs.Delete(blob, cancellation);
        if (isLast)
            freed += await checkpoints.Delete(Id, state.State.Fence, except: null, cancellation);

        if (_trial.Forget(sweep))
            await this.Save(state, cancellation);
        return freed;
    }

    /// <summary>Stores what a sweep wants of the trial, then directs the trainer, unless another sweep wants it to continue.</summary>
    private async Task SaveAndDirect(CancellationToken cancellation)
    {
        await this.Save(state, cancellation);
        // The answer to the trainer's next report is the same directive; this call is only faster.
        if (_trial.Directive is not Directive.Continue and var directive)
            Trainer.Direct(directive, CancellationToken.None).Ignore();
    }

    /// <summary>
    /// Removes the blobs of a refused result from the store, but not while a silo holds a lease: its trainer may produce the
    /// same bytes, and the same bytes have the same name.
    /// </summary>
    private async Task Discard(TrialResult refused, CancellationToken cancellation)
    {
        if (state.State.LeasedTo is not null)
            return;
        foreach (var blob in Trial.BlobsOf(refused).Except(_trial.Blobs).Except(state.State.Holders.Values))
            await blobs.Delete(blob, cancellation);
    }

    private void End(long fence, TrialResult result, string[] waiting)
    {
        LogEnded(Id, result.Status, fence, result.Reason ?? "");
        SiameseMetrics.TrialEnded(result.Status, result.Seconds);
        Tell(waiting, new TrialNews(Id, Silo: null, _trial.LastEpoch, result));
        // Nobody will call this grain soon, and thousands of idle ones would fill the memory until they are collected.
        DeactivateOnIdle();
    }

    private void TellThatItRuns() => Tell(state.State.WantedBy, new TrialNews(Id, state.State.LeasedTo, _trial.LastEpoch, Result: null));

    private void TellThatItWaits(string[] waiting, string why, string? refusedBy) =>
        Tell(waiting, new TrialNews(Id, Silo: null, _trial.LastEpoch, Result: null, why, refusedBy));

    private void Refuse(long fence)
    {
        LogStale(Id, fence, state.State.Fence);
        SiameseMetrics.ReportRefused();
    }

    /// <summary>Not awaited: a sweep may be waiting for this very grain. A sweep that misses the news asks once the lease should have expired.</summary>
    private void Tell(IEnumerable<string> sweeps, TrialNews news)
    {
        foreach (var sweep in sweeps)
            TellOne(sweep, news).Ignore();
    }

    private async Task TellOne(string sweep, TrialNews news)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepTrials>(sweep).TrialChanged(news, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogUntold(e, Id, sweep);
        }
    }
}
