using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Trials;

public sealed class LostSiloTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(2);

    [Fact]
    public void The_lease_of_a_lost_silo_need_not_expire_first()
    {
        var trial = new Trial(new TrialState(), _term, TimeSpan.Zero, TimeProvider.System);
        trial.Lease(new LeaseRequest(Some.Spec(), "sweep", "silo-1", Retries: 2), TimeSpan.Zero);

        var answer = trial.Lease(new LeaseRequest(Some.Spec(), "sweep", "silo-2", Retries: 2, IsHolderDead: true), TimeSpan.Zero).Answer;

        Assert.Equal(2, answer.Fence);
        Assert.Equal(Directive.Stale, trial.Report(1, null, TimeSpan.Zero));
    }

    [Fact]
    public void The_trials_of_a_lost_silo_come_next_and_those_of_other_silos_do_not()
    {
        var queue = new TrialQueue("sweep", _specs, [], slots: null);
        queue.Answered(0, new LeaseAnswer(1, null, null), "silo-1", TimeSpan.Zero);
        queue.Answered(1, new LeaseAnswer(1, null, null), "silo-2", TimeSpan.Zero);
        Assert.Null(queue.Next("silo-3", TimeSpan.Zero, _term));

        queue.Lose(silo => silo == "silo-2");

        Assert.Equal(1, queue.Next("silo-3", TimeSpan.Zero, _term));
    }
}
