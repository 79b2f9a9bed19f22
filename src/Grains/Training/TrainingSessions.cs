using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Grains.Storage;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Training;

/// <summary>
/// The training sessions of this silo. They belong to the silo, not to a grain: when another silo dies, Orleans drops the
/// healthy activations whose directory entries were there, and hours of training must not be lost with them.
/// </summary>
internal sealed class TrainingSessions(
    TrialRunner runner,
    IBlobStore blobs,
    ICheckpointStore checkpoints,
    TrainingSlots slots,
    IGrainFactory grains,
    IOptions<LeaseTerm> term,
    TimeProvider time,
    ILogger<TrainingSession> logger)
{
    /// <summary>Time limit of each of the three shutdown steps. Together they take less time than a silo has to stop.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<string, TrainingSession> _sessions = [];

    /// <summary>Starts training under a lease, in a slot that was offered for it.</summary>
    /// <returns>Completes when the session has ended.</returns>
    /// <exception cref="InvalidOperationException">This silo offered no slot for it.</exception>
    public Task Begin(Assignment assignment)
    {
        var key = TrainerGrain.KeyOf(assignment.Trial, assignment.Fence);
        if (_sessions.TryGetValue(key, out var known))
            return known.Ended;
        // A call to stop that overtook this one may have activated the trainer on another silo.
        if (!slots.TakeOver(key))
            throw new InvalidOperationException($"This silo offered no slot for trial {assignment.Trial} under lease {assignment.Fence}.");
        var session = new TrainingSession(
            assignment, runner, blobs, checkpoints, slots, grains.GetGrain<ITrialGrain>(assignment.Trial), term.Value, time, logger);
        _sessions[key] = session;
        return Run(key, session);
    }

    /// <summary>Cancels a session; it ends between two batches. Does nothing if there is no such session.</summary>
    public void Cancel(string key)
    {
        if (_sessions.TryGetValue(key, out var session))
            session.Cancel();
    }

    /// <summary>Ends a session after a checkpoint at the next batch, and hands its lease back. Does nothing if there is no such session.</summary>
    public void HandBack(string key)
    {
        if (_sessions.TryGetValue(key, out var session))
            session.HandBack();
    }

    /// <summary>
    /// Called when the silo stops: every session delivers its result, or writes a checkpoint and hands its lease back. A
    /// session that does not finish in time is abandoned, and its lease expires.
    /// </summary>
    public async Task HandBack()
    {
        var all = _sessions.Values.ToArray();
        var ended = Task.WhenAll(all.Select(session => session.Ended));
        Action<TrainingSession>[] steps = [session => session.HandBack(), session => session.HandBackAsItIs(), session => session.GiveUp()];
        foreach (var ask in steps)
        {
            foreach (var session in all)
                ask(session);
            await Task.WhenAny(ended, Task.Delay(_patience, time));
            if (ended.IsCompleted)
                return;
        }
    }

    private async Task Run(string key, TrainingSession session)
    {
        try
        {
            // Not on the scheduler of the grain that starts the session: the session outlives the grain.
            await Task.Run(session.Run);
        }
        finally
        {
            _sessions.TryRemove(key, out _);
        }
    }
}
