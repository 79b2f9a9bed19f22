using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;

namespace Siamese.Grains.Training;

/// <inheritdoc cref="ITrialGrain"/>
internal sealed partial class TrialGrain(
    [PersistentState("trial")] IPersistentState<TrialState> state,
    SiloRoll roll,
    IOptions<LeaseTerm> term,
    TimeProvider time,
    ILogger<TrialGrain> logger) : Grain, ITrialGrain
{
    private readonly ILogger _logger = logger;
    private readonly long _origin = time.GetTimestamp();
    private Trial _trial = null!;

    private string Id => this.GetPrimaryKeyString();

    private TimeSpan Now => time.GetElapsedTime(_origin);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _trial = new Trial(state.State, term.Value.Length, Now);
        return Task.CompletedTask;
    }

    public async Task<LeaseAnswer> Follow(string sweep, CancellationToken cancellation)
    {
        if (_trial.Follow(sweep, out var answer))
            await this.Save(state, cancellation);
        return answer;
    }

    public async Task<LeaseAnswer> Lease(TrialSpec spec, string sweep, string silo, CancellationToken cancellation)
    {
        if (state.State.HeldBy is { } holder && roll.IsGone(holder))
            _trial.Lose();
        if (_trial.Lease(spec, sweep, silo, Now, out var answer))
            await this.Save(state, cancellation);
        if (answer.Fence is not null)
            LogLeased(Id, answer.Fence, silo, sweep);
        return answer;
    }

    public Task<Directive> Report(long fence, EpochReport? epoch, CancellationToken cancellation)
    {
        var directive = _trial.Report(fence, epoch, Now);
        if (directive is Directive.Stale)
            Refuse(fence);
        else
            Tell(state.State.WantedBy, new TrialNews(Id, state.State.HeldBy, _trial.LastEpoch, Result: null));
        return Task.FromResult(directive);
    }

    public async Task<bool> Complete(long fence, TrialResult result, CancellationToken cancellation)
    {
        var wasOpen = state.State.Result is null;
        string[] waiting = [.. state.State.WantedBy];
        if (!_trial.Complete(fence, result))
        {
            Refuse(fence);
            return false;
        }

        if (!wasOpen)
            return true;
        await this.Save(state, cancellation);
        LogEnded(Id, result.Status, fence, result.Reason ?? "");
        SiameseTelemetry.TrialsEnded.Add(1, SiameseTelemetry.Tag("status", result.Status));
        SiameseTelemetry.TrialSeconds.Record(result.Seconds);
        Tell(waiting, new TrialNews(Id, Silo: null, _trial.LastEpoch, result));
        // Nobody asks it anything soon, and thousands of them would fill the memory until they are collected.
        DeactivateOnIdle();
        return true;
    }

    public async Task Cancel(string sweep, CancellationToken cancellation)
    {
        if (!_trial.Cancel(sweep))
            return;
        await this.Save(state, cancellation);
        if (!state.State.IsCancelled)
            return;
        // The trainer also learns of it from its next report; this only makes it quicker.
        GrainFactory.GetGrain<ITrainerGrain>(TrainerGrain.KeyOf(Id, state.State.Fence)).Stop(CancellationToken.None).Ignore();
    }

    public async Task<ImmutableArray<string>> Forget(string sweep, CancellationToken cancellation)
    {
        if (!_trial.Forget(sweep, out var blobs))
            return [];
        await this.Save(state, cancellation);
        return blobs;
    }

    private void Refuse(long fence)
    {
        LogStale(Id, fence, state.State.Fence);
        SiameseTelemetry.StaleReports.Add(1);
    }

    /// <summary>Not awaited: a sweep may be waiting for this very grain. One that misses the news asks when the lease should have expired.</summary>
    private void Tell(IEnumerable<string> sweeps, TrialNews news)
    {
        foreach (var sweep in sweeps)
            TellOne(sweep, news).Ignore();
    }

    private async Task TellOne(string sweep, TrialNews news)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepGrain>(sweep).TrialChanged(news, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogUntold(e, Id, sweep);
        }
    }
}
