using Orleans.Placement;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Training;

/// <inheritdoc cref="ITrainerGrain"/>
/// <remarks>Placed on the silo that calls it, which owns the slot. It holds no state: see <see cref="TrainingSessions"/>.</remarks>
[PreferLocalPlacement]
internal sealed class TrainerGrain(TrainingSessions sessions) : Grain, ITrainerGrain
{
    /// <summary>The key of the trainer that holds a lease.</summary>
    public static string KeyOf(string trial, long fence) => FormattableString.Invariant($"{trial}/{fence}");

    public Task Start(Assignment assignment, CancellationToken cancellation)
    {
        // Keeps the grain here, so that a call to stop reaches this silo. If it does not, the answer to the next report stops training.
        DelayDeactivation(TimeSpan.FromDays(1));
        LeaveWith(sessions.Begin(assignment)).Ignore();
        return Task.CompletedTask;
    }

    public Task Stop(CancellationToken cancellation)
    {
        sessions.Cancel(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task HandBack(CancellationToken cancellation)
    {
        sessions.HandBack(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    private async Task LeaveWith(Task session)
    {
        await session.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        DeactivateOnIdle();
    }
}
