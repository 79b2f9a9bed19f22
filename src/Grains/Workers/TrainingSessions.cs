using System.Collections.Concurrent;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Workers;

/// <summary>
/// The training sessions of this silo. They belong to the silo, not to a grain: when another silo dies, Orleans drops the
/// healthy activations whose directory entries were there, and hours of training must not be lost with them.
/// </summary>
internal sealed class TrainingSessions(WorkerServices services, IGrainFactory grains)
{
    /// <summary>Time limit of each of the three shutdown steps. Together they take less time than a silo has to stop.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2.5);

    private readonly ConcurrentDictionary<string, TrainingSession> _sessions = [];

    /// <summary>The session of a trainer; null if there is none on this silo.</summary>
    /// <param name="trainer">The trainer's key: <see cref="Lease.Trainer"/>.</param>
    public TrainingSession? Find(string trainer) => _sessions.GetValueOrDefault(trainer);

    /// <summary>Starts training under a lease that a slot of this silo has claimed, and returns at once.</summary>
    public TrainingSession Begin(Lease lease)
    {
        var session = new TrainingSession(lease, grains.GetGrain<ITrialGrain>(lease.Trial), services);
        _sessions[lease.Trainer] = session;
        Run(lease.Trainer, session).Ignore();
        return session;
    }

    /// <summary>
    /// Called when the silo stops: every session delivers its result, or writes a checkpoint and hands its lease back. A
    /// session that does not finish in time is abandoned, and its lease expires.
    /// </summary>
    public async Task HandBack()
    {
        var all = _sessions.Values.ToArray();
        var ended = Task.WhenAll(all.Select(session => session.Ended));
        Action<TrainingSession>[] steps = [session => session.Direct(Directive.Pause), session => session.HandBackAsItIs(), session => session.GiveUp()];
        foreach (var ask in steps)
        {
            foreach (var session in all)
                ask(session);
            await Task.WhenAny(ended, Task.Delay(_patience, services.Time));
            if (ended.IsCompleted)
                return;
        }
    }

    private async Task Run(string trainer, TrainingSession session)
    {
        try
        {
            // Not in the caller's context: the session outlives its caller.
            await Task.Run(session.Run);
        }
        finally
        {
            _sessions.TryRemove(trainer, out _);
        }
    }
}
