using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Workers;

/// <summary>
/// One trial under one lease on this silo: trains it, forwards its reports, writes its checkpoints, and delivers its
/// result or hands the lease back. If a store or a silo is unreachable, undelivered data is kept and retried.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The sources have no timer and no handle, and calls to stop may come after the session has ended.")]
internal sealed partial class TrainingSession
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Lease _lease;
    private readonly ITrialGrain _trial;
    private readonly WorkerServices _services;
    private readonly ILogger _logger;
    private readonly LeaseTrace _trace;
    private readonly CheckpointWriter _writer;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finish = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _trained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<EpochReport?> _reports = Channel.CreateUnbounded<EpochReport?>();
    private Reason _stoppedBy;
    private string? _refusal;

    /// <param name="lease">What to train.</param>
    /// <param name="trial">The trial's grain.</param>
    /// <param name="services">What this silo's sessions share.</param>
    public TrainingSession(Lease lease, ITrialGrain trial, WorkerServices services)
    {
        (_lease, _trial, _services, _logger) = (lease, trial, services, services.Logger);
        _trace = new LeaseTrace(lease);
        _writer = new CheckpointWriter(lease.Trial, lease.Fence, services.Checkpoints, Register, _trace, services.Time, services.Logger);
    }

    /// <summary>Why training stopped early.</summary>
    private enum Reason
    {
        None,
        Cancelled,
        LeaseLost,
        HandedBack,
    }

    /// <summary>Completes when training has ended, successfully or not; its result may not be stored yet.</summary>
    public Task Trained => _trained.Task;

    /// <summary>Completes when the session has ended, successfully or not.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Trains to the end. Only the methods below can stop it early.</summary>
    public async Task Run()
    {
        var span = _trace.Train();
        LogStarted(_lease.Trial, _lease.Sweep, _lease.Fence, _lease.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"epoch {from.Epoch + 1}, batch {from.Batch + 1}, after {from.Seconds:0.0} s") : "the beginning");
        try
        {
            var writing = _writer.WriteAll(_giveUp.Token);
            // Report at once: if the silo dies before the next renewal, this trial may be the cause.
            _reports.Writer.TryWrite(null);
            var renewEvery = _services.Term.Value.RenewEvery;
            using var renewal = _services.Time.CreateTimer(_ => _reports.Writer.TryWrite(null), null, renewEvery, renewEvery);
            var reporting = PassOnReports();
            var result = await TrainToResult();
            _writer.Complete(isNeeded: result is null or { EndsAfter: not null } && _stoppedBy is not Reason.LeaseLost);
            await writing;
            _reports.Writer.Complete();
            await reporting;
            await (result is null ? GiveBack() : Deliver(result));
            span.With("outcome", _stoppedBy is Reason.LeaseLost ? "lost" : result?.Status.ToString() ?? "handed back");
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            LogGivenUp(_lease.Trial, _lease.Fence);
        }
        catch (Exception e)
        {
            LogBroken(e, _lease.Trial, _lease.Fence);
        }
        finally
        {
            span?.Dispose();
            _trained.TrySetResult();
            _ended.TrySetResult();
        }
    }

    /// <summary>Obeys the trial, whether it answers a report or sends a directive by itself, or the silo, which pauses its sessions when it stops.</summary>
    public void Direct(Directive directive)
    {
        switch (directive)
        {
            case Directive.Cancel:
                Stop(Reason.Cancelled);
                break;
            case Directive.Finish:
                _finish.Cancel();
                break;
            case Directive.Pause when !_stop.IsCancellationRequested:
                _writer.TakeLast(() => Stop(Reason.HandedBack));
                break;
            case Directive.Stale when _stoppedBy is not Reason.LeaseLost:
                LogLost(_lease.Trial, _lease.Fence);
                _stoppedBy = Reason.LeaseLost;
                _stop.Cancel();
                break;
        }
    }

    /// <summary>Stops training without another checkpoint, and hands the lease back.</summary>
    public void HandBackAsItIs()
    {
        Stop(Reason.HandedBack);
        _left.TrySetResult();
    }

    /// <summary>Ends the session now, whatever it is doing.</summary>
    public void GiveUp()
    {
        HandBackAsItIs();
        _giveUp.Cancel();
    }

    private void Stop(Reason reason)
    {
        if (_stop.IsCancellationRequested)
            return;
        _stoppedBy = reason;
        _stop.Cancel();
    }

    /// <summary>Null if training stopped without a result.</summary>
    private async Task<TrialResult?> TrainToResult()
    {
        TrainingOutcome outcome;
        try
        {
            var from = await Insist(() => _services.Runner.Read(_lease, _giveUp.Token));
            var training = _services.Runner.Run(_lease, from, epoch => _reports.Writer.TryWrite(epoch), _writer, _finish.Token, _stop.Token);
            // When the silo stops, do not wait for work that ignores the token, such as reading data.
            await Task.WhenAny(training, _left.Task);
            if (!training.IsCompleted)
                _stop.Token.ThrowIfCancellationRequested();
            outcome = await training;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return _stoppedBy is Reason.Cancelled
                ? new TrialResult { Status = TrialStatus.Cancelled, Reason = "cancelled by the user" }
                : null;
        }
        catch (Exception e) when (Transient.Is(e) && e is not OutOfMemoryException)
        {
            // Not the trial's fault: another silo, or this one later, may succeed. Training that runs out of memory counts as a
            // failed try instead: its batches may be too large for every silo, and it would be tried forever.
            _refusal = e.Message;
            return null;
        }
        catch (Exception e)
        {
            LogFailed(e, _lease.Trial, _lease.Sweep);
            return new TrialResult { Status = TrialStatus.Failed, Reason = e is BadInputException ? e.Message : $"{e.GetType().Name}: {e.Message}" };
        }
        finally
        {
            _trained.TrySetResult();
        }

        return await Insist(() => Store(outcome));
    }

    private async Task<TrialResult> Store(TrainingOutcome outcome)
    {
        if (outcome.Weights is null || outcome.ValidationEmbeddings is null)
            return outcome.Result;
        var embeddings = StoredEmbeddings.Write((_lease.Spec with { EndsAfter = outcome.Result.EndsAfter }).Id, outcome.ValidationEmbeddings, Encoders.WidthOf(_lease.Spec.Hyperparameters));
        return outcome.Result with
        {
            WeightsBlob = await _services.Blobs.Put(outcome.Weights, _giveUp.Token),
            EmbeddingsBlob = await _services.Blobs.Put(embeddings, _giveUp.Token),
        };
    }

    /// <summary>Forwards the training thread's reports and the renewals in order, and obeys the answers.</summary>
    private async Task PassOnReports()
    {
        await foreach (var epoch in _reports.Reader.ReadAllAsync())
        {
            if (_stoppedBy is Reason.LeaseLost)
                continue;
            // A report that is repeated also renews the lease.
            await Insist(async () =>
            {
                Direct(await _trial.Report(_lease.Fence, epoch, CancellationToken.None));
                return true;
            });
        }
    }

    private async Task<Directive> Register(Checkpoint checkpoint)
    {
        var directive = await _trial.Checkpointed(checkpoint, CancellationToken.None);
        Direct(directive);
        return directive;
    }

    private async Task Deliver(TrialResult result)
    {
        if (_stoppedBy is Reason.LeaseLost)
            return;
        using var span = _trace.Deliver(result);
        if (!await Insist(() => Complete(result)))
            LogLost(_lease.Trial, _lease.Fence);
        else if (result is { EndsAfter: null, Status: not (TrialStatus.Failed or TrialStatus.Cancelled) })
            await DeleteCheckpoints();
    }

    private async Task<bool> Complete(TrialResult result)
    {
        // However long it takes until the trial can note its blobs, nobody may collect them.
        if (result is { WeightsBlob: { } weights, EmbeddingsBlob: { } embeddings })
            await _services.Blobs.Refresh([weights, embeddings], CancellationToken.None);
        return await _trial.Complete(_lease.Fence, result with { Sweep = _lease.Sweep }, CancellationToken.None);
    }

    private async Task GiveBack()
    {
        if (_stoppedBy is Reason.LeaseLost)
            return;
        using var span = _trace.HandBack(_refusal);
        await Insist(() => _trial.HandBack(_lease.Fence, _refusal, CancellationToken.None));
    }

    private async Task DeleteCheckpoints()
    {
        try
        {
            await _services.Checkpoints.Delete(_lease.Trial, _lease.Fence, except: null, _giveUp.Token);
        }
        catch (Exception e) when (!_giveUp.IsCancellationRequested)
        {
            // They are removed with the sweep.
            LogNotDeleted(e, _lease.Trial);
        }
    }

    /// <summary>Retries until it succeeds: the training already done is worth any number of attempts.</summary>
    private async Task<T> Insist<T>(Func<Task<T>> attempt)
    {
        while (true)
        {
            try
            {
                return await attempt().WaitAsync(_giveUp.Token);
            }
            catch (Exception e) when (!_giveUp.IsCancellationRequested)
            {
                LogUnheard(_lease.Trial, e.GetType().Name, e.Message);
                await Task.Delay(_pause, _services.Time, _giveUp.Token);
            }
        }
    }
}
