using Orleans.Placement;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Workers;

/// <inheritdoc cref="ITrainerGrain"/>
/// <remarks>Placed on the silo that calls it, which trains. It holds no state: see <see cref="TrainingSessions"/>.</remarks>
[PreferLocalPlacement]
internal sealed class TrainerGrain(TrainingSessions sessions) : Grain, ITrainerGrain
{
    public Task Attend(CancellationToken cancellation)
    {
        if (sessions.Find(this.GetPrimaryKeyString()) is not { } session)
            return Task.CompletedTask;
        // Keeps the grain here, so that a directive reaches this silo. If it does not, the answer to the next report does.
        DelayDeactivation(TimeSpan.FromDays(1));
        LeaveWith(session.Ended).Ignore();
        return Task.CompletedTask;
    }

    public Task Direct(Directive directive, CancellationToken cancellation)
    {
        sessions.Find(this.GetPrimaryKeyString())?.Direct(directive);
        return Task.CompletedTask;
    }

    private async Task LeaveWith(Task session)
    {
        await session.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        DeactivateOnIdle();
    }
}
