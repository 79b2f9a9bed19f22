using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;
using Siamese.Model.Training;

namespace Siamese.Grains.Workers;

/// <summary>
/// Decides when a training thread's state is copied, and writes the copies to the store while training continues. While a
/// checkpoint is being written, no other is taken; a checkpoint that cannot be written is kept and retried.
/// </summary>
/// <param name="trial">The trial's id.</param>
/// <param name="fence">Number of the lease.</param>
/// <param name="store">The checkpoint store.</param>
/// <param name="register">Reports a stored checkpoint to the trial, and obeys its answer.</param>
/// <param name="trace">Shows in the sweep's trace that checkpoints are stored.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives failures.</param>
internal sealed partial class CheckpointWriter(
    string trial, long fence, ICheckpointStore store, Func<Checkpoint, Task<Directive>> register, LeaseTrace trace, TimeProvider time, ILogger logger) : ICheckpoints
{
    // Early, so that only a trial that kills its silo right at the start counts as poisonous.
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    // Due at the end of an epoch if the last one is 4 s old, within an epoch if it is 8 s old. Including the time to write
    // one, at most 10 s of training are lost.
    private static readonly TimeSpan _atEpoch = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan _inEpoch = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;
    private readonly Channel<TrainingSnapshot> _taken = Channel.CreateUnbounded<TrainingSnapshot>();
    private long _takenAt = time.GetTimestamp();
    private bool _isFirst = true;
    private volatile bool _isWriting;
    private volatile bool _isDropped;
    private Action? _whenLast;

    /// <summary>Whether no checkpoint is being written.</summary>
    public bool IsIdle => !_isWriting;

    public bool AreDue(bool endsEpoch)
    {
        if (Volatile.Read(ref _whenLast) is not null)
            return true;
        if (!IsIdle)
            return false;
        var elapsed = time.GetElapsedTime(_takenAt);
        return elapsed >= (_isFirst ? _first : endsEpoch ? _atEpoch : _inEpoch);
    }

    public void Take(TrainingSnapshot snapshot)
    {
        (_isFirst, _takenAt, _isWriting) = (false, time.GetTimestamp(), true);
        _taken.Writer.TryWrite(snapshot);
        Interlocked.Exchange(ref _whenLast, null)?.Invoke();
    }

    /// <summary>Takes a checkpoint at the next batch, however recent the last one is.</summary>
    /// <param name="whenTaken">Called on the training thread once it is taken.</param>
    public void TakeLast(Action whenTaken) => Volatile.Write(ref _whenLast, whenTaken);

    /// <summary>Training is over.</summary>
    /// <param name="isNeeded">Whether another lease will resume from the last checkpoint; otherwise an unwritten one is dropped.</param>
    public void Complete(bool isNeeded)
    {
        _isDropped = !isNeeded;
        _taken.Writer.TryComplete();
    }

    /// <summary>Writes the checkpoints as they are taken. Returns after <see cref="Complete"/>.</summary>
    public async Task WriteAll(CancellationToken giveUp)
    {
        await foreach (var snapshot in _taken.Reader.ReadAllAsync(giveUp))
        {
            // Skip it if a newer checkpoint, the final one, is queued.
            if (_taken.Reader.Count > 0)
                continue;
            if (await Serialize(snapshot) is { } bytes)
                await Write(new Checkpoint(fence, snapshot.Epoch, snapshot.Batch, Convert.ToHexStringLower(SHA256.HashData(bytes)), snapshot.Seconds), bytes, giveUp);
            _isWriting = false;
        }
    }

    /// <summary>Null if serializing fails: a missing checkpoint must not end training.</summary>
    private async Task<byte[]?> Serialize(TrainingSnapshot snapshot)
    {
        try
        {
            return await Task.Run(snapshot.Write);
        }
        catch (Exception e)
        {
            LogNotWritten(trial, snapshot.Epoch, e.Message);
            return null;
        }
    }

    private async Task Write(Checkpoint checkpoint, byte[] bytes, CancellationToken giveUp)
    {
        using var span = trace.Store(checkpoint);
        while (!_isDropped)
        {
            try
            {
                await store.Put(trial, checkpoint, bytes, giveUp);
                // If the lease is lost, the checkpoint stays; the holder of the next lease removes it.
                if (Trial.KeepsLease(await register(checkpoint).WaitAsync(giveUp)))
                    await Clear(checkpoint, giveUp);
                return;
            }
            catch (Exception e) when (!giveUp.IsCancellationRequested)
            {
                LogNotWritten(trial, checkpoint.Epoch, e.Message);
                await Task.Delay(_pause, time, giveUp);
            }
        }
    }

    private async Task Clear(Checkpoint but, CancellationToken giveUp)
    {
        try
        {
            await store.Delete(trial, fence, but, giveUp);
        }
        catch (Exception e) when (!giveUp.IsCancellationRequested)
        {
            // The next checkpoint removes them too.
            LogNotCleared(trial, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: older checkpoints could not be removed ({Message})")]
    private partial void LogNotCleared(string trial, string message);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: the checkpoint after epoch {Epoch} could not be stored; trying again ({Message})")]
    private partial void LogNotWritten(string trial, int epoch, string message);
}
