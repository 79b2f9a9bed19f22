using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Trials;
using Siamese.Grains.Data;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>
/// One trial under one lease on this silo: trains it, forwards its reports, writes its checkpoints, and delivers its
/// result or hands the lease back. If a store or a silo is unreachable, undelivered data is kept and retried.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The sources have no timer and no handle, and calls to stop may come after the session has ended.")]
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

    /// <summary>Why training stopped early.</summary>
    private enum Reason
    {
        None,
        Cancelled,
        LeaseLost,
        HandedBack,
    }

    /// <summary>Completes when the session has ended, successfully or not.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Trains to the end. Only the methods below can stop it early.</summary>
    public async Task Run()
    {
        LogStarted(_assignment.Trial, _assignment.Sweep, _assignment.Fence, _assignment.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"epoch {from.Epoch + 1}, batch {from.Batch + 1}, after {from.Seconds:0.0} s") : "the beginning");
        try
        {
            var writing = _writer.WriteAll(_giveUp.Token);
            // Report at once: if the silo dies before the next renewal, this trial may be the cause.
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

    /// <summary>Stops training because the user cancelled the trial.</summary>
    public void Cancel() => Stop(Reason.Cancelled);

    /// <summary>Stops training at the next batch, after a checkpoint, and hands the lease back.</summary>
    public void HandBack() => _writer.TakeLast(() => Stop(Reason.HandedBack));

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
            var from = await Insist(() => _runner.Read(_assignment, _giveUp.Token));
            var training = _runner.Run(_assignment, from, epoch => _reports.Writer.TryWrite(epoch), _writer, _stop.Token);
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
        catch (Exception e) when (Transient.Is(e))
        {
            // Not the trial's fault: another silo, or this one later, may succeed.
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
            // They are removed with the sweep.
            LogNotDeleted(e, _assignment.Trial);
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
                LogUnheard(_assignment.Trial, e.GetType().Name, e.Message);
                await Task.Delay(_pause, _time, _giveUp.Token);
            }
        }
    }
}
