using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>
/// One trial under one lease on this silo: trains it, passes on what it reports, writes its checkpoints, and delivers its
/// result or hands the lease back. What cannot be delivered, because a store or a silo is away, is kept and tried again.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The sources have no timer and no handle, and calls to stop may come after the end.")]
internal sealed partial class TrainingSession
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Assignment _assignment;
    private readonly TrialRunner _runner;
    private readonly IBlobStore _blobs;
    private readonly ICheckpointStore _checkpoints;
    private readonly TrainingSlots _slots;
    private readonly ITrialGrain _trial;
    private readonly LeaseTerm _term;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CheckpointWriter _writer;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<EpochReport?> _reports = Channel.CreateUnbounded<EpochReport?>();
    private Reason _stoppedBy;
    private string? _refusal;

    public TrainingSession(
        Assignment assignment,
        TrialRunner runner,
        IBlobStore blobs,
        ICheckpointStore checkpoints,
        TrainingSlots slots,
        ITrialGrain trial,
        LeaseTerm term,
        TimeProvider time,
        ILogger logger)
    {
        (_assignment, _runner, _blobs, _checkpoints, _slots, _trial) = (assignment, runner, blobs, checkpoints, slots, trial);
        (_term, _time, _logger) = (term, time, logger);
        _writer = new CheckpointWriter(assignment.Trial, assignment.Fence, checkpoints, Register, time, logger);
    }

    /// <summary>Why training stops before its end.</summary>
    private enum Reason
    {
        None,
        Cancelled,
        LeaseLost,
        HandedBack,
    }

    /// <summary>Completes when the session has ended, however it did.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Trains to the end, and is never cancelled from outside but by the methods below.</summary>
    public async Task Run()
    {
        LogStarted(_assignment.Trial, _assignment.Sweep, _assignment.Fence, _assignment.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"epoch {from.Epoch + 1}, batch {from.Batch + 1}, after {from.Seconds:0.0} s") : "the beginning");
        try
        {
            var writing = _writer.WriteAll(_giveUp.Token);
            // At once: a silo that dies before the next renewal may have died of this trial.
            _reports.Writer.TryWrite(null);
            using var renewal = _time.CreateTimer(_ => _reports.Writer.TryWrite(null), null, _term.RenewEvery, _term.RenewEvery);
            var reporting = PassOnReports();
            var result = await TrainToResult();
            _writer.Complete(isNeeded: result is null && _stoppedBy is not Reason.LeaseLost);
            await writing;
            _reports.Writer.Complete();
            await reporting;
            await (result is null ? GiveBack() : Deliver(result));
        }
        catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
        {
            LogGivenUp(_assignment.Trial, _assignment.Fence);
        }
        catch (Exception e)
        {
            LogBroken(e, _assignment.Trial, _assignment.Fence);
        }
        finally
        {
            _slots.Deliver();
            _ended.TrySetResult();
        }
    }

    /// <summary>Stops training as cancelled by the user.</summary>
    public void Cancel() => Stop(Reason.Cancelled);

    /// <summary>Stops training at the next batch, with a checkpoint, to hand the lease back.</summary>
    public void HandBack() => _writer.TakeLast(() => Stop(Reason.HandedBack));

    /// <summary>Stops training at the next batch, to hand the lease back as of the last checkpoint.</summary>
    public void HandBackAsItIs()
    {
        Stop(Reason.HandedBack);
        _left.TrySetResult();
    }

    /// <summary>Ends the session now, wherever it is.</summary>
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

    /// <summary>Null where training stopped without a result.</summary>
    private async Task<TrialResult?> TrainToResult()
    {
        TrainingOutcome outcome;
        try
        {
            var from = await Insist(() => _runner.Read(_assignment, _giveUp.Token));
            var training = _runner.Run(_assignment, from, epoch => _reports.Writer.TryWrite(epoch), _writer, _stop.Token);
            // What does not look at the token, such as reading data, is not waited for when the silo stops.
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
        catch (Exception e) when (Transient.Is(e))
        {
            // No fault of the trial's: another silo, or this one later, may do better.
            _refusal = e.Message;
            return null;
        }
        catch (Exception e)
        {
            LogFailed(e, _assignment.Trial, _assignment.Sweep);
            return new TrialResult { Status = TrialStatus.Failed, Reason = e is BadInputException ? e.Message : $"{e.GetType().Name}: {e.Message}" };
        }
        finally
        {
            // The next trial need not wait until this one's result is stored.
            _slots.Release();
        }

        return await Insist(() => Store(outcome));
    }

    private async Task<TrialResult> Store(TrainingOutcome outcome)
    {
        if (outcome.Weights is null || outcome.ValidationEmbeddings is null)
            return outcome.Result;
        var embeddings = StoredEmbeddings.Write(_assignment.Trial, outcome.ValidationEmbeddings, Encoders.WidthOf(_assignment.Spec.Hyperparameters));
        return outcome.Result with
        {
            WeightsBlob = await _blobs.Put(outcome.Weights, _giveUp.Token),
            EmbeddingsBlob = await _blobs.Put(embeddings, _giveUp.Token),
        };
    }

    /// <summary>Passes on what the training thread reports, in its order, and renewals between; obeys the answers.</summary>
    private async Task PassOnReports()
    {
        await foreach (var epoch in _reports.Reader.ReadAllAsync())
        {
            if (_stoppedBy is Reason.LeaseLost)
                continue;
            // One that is not heard is as good as a renewal when it is said again.
            await Insist(async () =>
            {
                Obey(await _trial.Report(_assignment.Fence, epoch, CancellationToken.None));
                return true;
            });
        }
    }

    private async Task<Directive> Register(Checkpoint checkpoint)
    {
        var directive = await _trial.Checkpointed(checkpoint, CancellationToken.None);
        Obey(directive);
        return directive;
    }

    private void Obey(Directive directive)
    {
        if (directive is Directive.Cancel)
            Stop(Reason.Cancelled);
        else if (directive is Directive.Pause && !_stop.IsCancellationRequested)
            HandBack();
        if (directive is not Directive.Stale || _stoppedBy is Reason.LeaseLost)
            return;
        LogLost(_assignment.Trial, _assignment.Fence);
        _stoppedBy = Reason.LeaseLost;
        _stop.Cancel();
    }

    private async Task Deliver(TrialResult result)
    {
        if (_stoppedBy is Reason.LeaseLost)
            return;
        if (!await Insist(() => _trial.Complete(_assignment.Fence, result with { Sweep = _assignment.Sweep }, CancellationToken.None)))
            LogLost(_assignment.Trial, _assignment.Fence);
        else if (result.Status is not (TrialStatus.Failed or TrialStatus.Cancelled))
            await DeleteCheckpoints();
    }

    private async Task GiveBack()
    {
        if (_stoppedBy is not Reason.LeaseLost)
            await Insist(() => _trial.HandBack(_assignment.Fence, _refusal, CancellationToken.None));
    }

    private async Task DeleteCheckpoints()
    {
        try
        {
            await _checkpoints.Delete(_assignment.Trial, _assignment.Fence, except: null, _giveUp.Token);
        }
        catch (Exception e) when (!_giveUp.IsCancellationRequested)
        {
            // They go with the sweep.
            LogNotDeleted(e, _assignment.Trial);
        }
    }

    /// <summary>Tries until it succeeds: what has been trained is worth more than any number of tries.</summary>
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
                LogUnheard(_assignment.Trial, e.GetType().Name, e.Message);
                await Task.Delay(_pause, _time, _giveUp.Token);
            }
        }
    }
}
