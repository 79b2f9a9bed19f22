using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;
using Siamese.Model.Training;

namespace Siamese.Grains.Training;

/// <summary>
/// Decides when a training thread's state is copied, and brings the copies to the store beside it. While one is written
/// no other is taken; one that cannot be written is kept until it can.
/// </summary>
/// <param name="trial">The trial's id.</param>
/// <param name="fence">Number of the lease.</param>
/// <param name="store">Where checkpoints lie.</param>
/// <param name="register">Tells the trial of a checkpoint that lies there; what it answers is obeyed by the caller.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For what does not succeed.</param>
internal sealed partial class CheckpointWriter(
    string trial, long fence, ICheckpointStore store, Func<Checkpoint, Task<Directive>> register, TimeProvider time, ILogger logger) : ICheckpoints
{
    // Soon, so that a trial under which its silo dies twice is one that dies at its beginning.
    private static readonly TimeSpan _first = TimeSpan.FromSeconds(1);

    // At most one an epoch where epochs are short, and one in 8 s where they are long: with the time to write one, no more
    // than 10 s of training are ever lost.
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

    /// <summary>Whether none is being written.</summary>
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

    /// <summary>Takes a checkpoint at the next batch, whenever the last one was.</summary>
    /// <param name="whenTaken">Called on the training thread once it is taken.</param>
    public void TakeLast(Action whenTaken) => Volatile.Write(ref _whenLast, whenTaken);

    /// <summary>Training is over.</summary>
    /// <param name="isNeeded">Whether another lease is to go on from the last checkpoint; else one that is not written yet is dropped.</param>
    public void Complete(bool isNeeded)
    {
        _isDropped = !isNeeded;
        _taken.Writer.TryComplete();
    }

    /// <summary>Writes what is taken, and returns after <see cref="Complete"/>.</summary>
    public async Task WriteAll(CancellationToken giveUp)
    {
        await foreach (var snapshot in _taken.Reader.ReadAllAsync(giveUp))
        {
            // A newer one takes its place: that of the very end.
            if (_taken.Reader.Count > 0)
                continue;
            if (await Serialize(snapshot) is { } bytes)
                await Write(new Checkpoint(fence, snapshot.Epoch, snapshot.Batch, Convert.ToHexStringLower(SHA256.HashData(bytes)), snapshot.Seconds), bytes, giveUp);
            _isWriting = false;
        }
    }

    /// <summary>Null where it cannot be done: training is not to end for want of a checkpoint.</summary>
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
        while (!_isDropped)
        {
            try
            {
                await store.Put(trial, checkpoint, bytes, giveUp);
                // Where the lease is lost, what was written stays: whoever holds the next one clears it away.
                if (await register(checkpoint).WaitAsync(giveUp) is Directive.Continue or Directive.Pause)
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
            // The next one clears them away too.
            LogNotCleared(trial, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: older checkpoints could not be removed ({Message})")]
    private partial void LogNotCleared(string trial, string message);

    [LoggerMessage(LogLevel.Warning, "Trial {Trial}: the checkpoint after epoch {Epoch} could not be stored; trying again ({Message})")]
    private partial void LogNotWritten(string trial, int epoch, string message);
}
