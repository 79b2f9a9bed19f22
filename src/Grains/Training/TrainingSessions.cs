using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Training;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Training;

/// <summary>
/// What this silo trains. Sessions belong to the silo, not to a grain: when another silo dies, Orleans drops the healthy
/// activations whose directory entries lay there, and hours of training must not go with them.
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
    /// <summary>How long a session may take to each of: a checkpoint and the lease; the lease alone; to end. Together less than a silo has to stop.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<string, TrainingSession> _sessions = [];

    /// <summary>Begins to train under a lease, in a slot that was offered for it.</summary>
    /// <returns>Completes when the session has ended.</returns>
    /// <exception cref="InvalidOperationException">No slot of this silo is for it.</exception>
    public Task Begin(Assignment assignment)
    {
        var key = TrainerGrain.KeyOf(assignment.Trial, assignment.Fence);
        if (_sessions.TryGetValue(key, out var known))
            return known.Ended;
        // A call to stop that overtook this one may have brought the trainer to life on another silo.
        if (!slots.TakeOver(key))
            throw new InvalidOperationException($"No slot of this silo is for trial {assignment.Trial} under lease {assignment.Fence}.");
        var session = new TrainingSession(
            assignment, runner, blobs, checkpoints, slots, grains.GetGrain<ITrialGrain>(assignment.Trial), term.Value, time, logger);
        _sessions[key] = session;
        return Run(key, session);
    }

    /// <summary>Ends a session between two batches, as cancelled. Nothing where there is none of that key.</summary>
    public void Cancel(string key)
    {
        if (_sessions.TryGetValue(key, out var session))
            session.Cancel();
    }

    /// <summary>Ends a session at the next batch, with a checkpoint, to hand its lease back. Nothing where there is none of that key.</summary>
    public void HandBack(string key)
    {
        if (_sessions.TryGetValue(key, out var session))
            session.HandBack();
    }

    /// <summary>
    /// The silo stops: every session writes a checkpoint and hands its lease back; a result that is on its way is delivered
    /// first. What has not done so by then is given up, and its lease runs out.
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
            // Not on the scheduler of the grain that starts it: it outlives that.
            await Task.Run(session.Run);
        }
        finally
        {
            _sessions.TryRemove(key, out _);
        }
    }
}
