using Siamese.Contracts.Trials;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Trials;

/// <summary>How a trial handles checkpoints, leases that are handed back, failures and silos that die.</summary>
public sealed class ResumedTrialTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);

    private readonly TrialState _state = new();
    private readonly Trial _trial;
    private TimeSpan _now;

    public ResumedTrialTests() => _trial = new Trial(_state, _term, TimeSpan.Zero, TimeProvider.System);

    [Fact]
    public void The_next_lease_resumes_from_the_last_checkpoint()
    {
        Lease();
        Assert.Equal(Directive.Continue, Checkpointed(1, epoch: 2));
        Assert.Equal(Directive.Continue, Checkpointed(1, epoch: 4));
        Pass(_term);

        Assert.Equal((2L, Some.Checkpoint(1, 4)), (Lease().Fence!.Value, _lastAnswer.From));
    }

    [Fact]
    public void A_checkpoint_renews_the_lease()
    {
        Lease();
        Pass(_term / 2);
        Checkpointed(1, epoch: 2);
        Pass(_term / 2);

        Assert.Null(Lease().Fence);
    }

    [Fact]
    public void A_checkpoint_of_an_old_lease_does_not_count()
    {
        Lease();
        Pass(_term);
        Lease();

        Assert.Equal(Directive.Stale, Checkpointed(1, epoch: 9));
        Assert.Null(_state.Checkpoint);
        Checkpointed(2, epoch: 3);
        Assert.Equal(Directive.Stale, Checkpointed(1, epoch: 10));
        Assert.Equal(Some.Checkpoint(2, 3), _state.Checkpoint);
    }

    [Theory]
    [InlineData(TrialStatus.Completed, false)]
    [InlineData(TrialStatus.Unusable, false)]
    [InlineData(TrialStatus.Failed, true)]
    [InlineData(TrialStatus.Cancelled, true)]
    public void A_checkpoint_is_kept_if_the_trial_can_be_retried(TrialStatus status, bool isKept)
    {
        Lease(retries: 0);
        Checkpointed(1, epoch: 2);
        _trial.Complete(1, Some.Result(status));

        Assert.Equal(isKept, _state.Checkpoint is not null);
    }

    [Fact]
    public void A_trial_that_was_handed_back_is_leased_again_at_once()
    {
        Lease();
        Checkpointed(1, epoch: 2);

        Assert.True(_trial.HandBack(1));
        Assert.Equal(Directive.Stale, _trial.Report(1, null, _now));
        Assert.False(_trial.HandBack(1));
        Assert.Equal(2, Lease().Fence);
        Assert.False(_trial.HandBack(1));
        Assert.Equal("silo", _state.LeasedTo);
    }

    [Fact]
    public void A_failing_trial_is_retried_until_its_retries_are_used_up()
    {
        for (var fence = 1; fence <= 2; fence++)
        {
            Assert.Equal(fence, Lease(retries: 2).Fence);
            Assert.Equal(Ending.TriedAgain, Fail(fence, $"failure {fence}"));
            Assert.Null(_state.Result);
        }

        Lease(retries: 2);
        Assert.Equal(Ending.Final, Fail(3, "no memory"));
        Assert.Equal("no memory (failed on all 3 tries)", _state.Result!.Reason);
        Assert.Null(Lease().Fence);
    }

    [Fact]
    public void A_failure_that_is_reported_twice_counts_once()
    {
        Lease(retries: 1);
        Fail(1);

        Assert.Equal(Ending.Known, Fail(1));
        Assert.Equal(1, _state.Failures);
        Lease(retries: 1);
        Assert.Equal(Ending.Refused, Fail(1));
        Assert.Equal(Ending.Final, Fail(2));
    }

    [Fact]
    public void A_trial_that_fails_after_it_was_cancelled_is_not_retried()
    {
        Lease(retries: 2);
        _trial.Cancel("sweep");

        Assert.Equal(Ending.Final, Fail(1));
    }

    [Fact]
    public void A_trial_that_two_silos_die_under_at_the_same_place_is_poisonous()
    {
        Lease();
        Die();
        Assert.Equal(2, Lease("another").Fence);
        Die();

        var answer = Lease();
        Assert.Equal((null, TrialStatus.Poisonous), (answer.Fence, answer.Result!.Status));
        Assert.Contains("most recently another", answer.Result.Reason, StringComparison.Ordinal);
        Assert.Null(Lease().Fence);
        Assert.Equal(TrialStatus.Poisonous, _trial.Follow("later").Answer.Result!.Status);
    }

    [Fact]
    public void A_trial_that_made_progress_did_not_kill_its_silo()
    {
        for (var fence = 1; fence <= 4; fence++)
        {
            Assert.Equal(fence, Lease().Fence);
            if (fence % 2 == 0)
                Checkpointed(fence, epoch: fence);
            Die();
        }

        Assert.Equal(5, Lease().Fence);
    }

    [Fact]
    public void Progress_under_a_lease_that_was_handed_back_counts_too()
    {
        Lease();
        Die();
        Lease();
        Checkpointed(2, epoch: 5);
        _trial.HandBack(2);
        Lease();
        Die();

        Assert.Equal(4, Lease().Fence);
        Assert.Equal(1, _state.Deaths);
    }

    [Fact]
    public void A_lease_that_never_reached_its_silo_is_not_held_against_the_trial()
    {
        _isHeard = false;
        for (var fence = 1; fence <= 4; fence++)
        {
            Assert.Equal(fence, Lease().Fence);
            Die();
        }

        Assert.Equal(5, Lease().Fence);
    }

    [Fact]
    public void A_poisonous_trial_that_still_completes_counts_as_completed()
    {
        Lease();
        Die();
        Lease();
        Die();
        Assert.Equal(TrialStatus.Poisonous, Lease().Result!.Status);

        Assert.Equal(Ending.Refused, _trial.Complete(1, Some.Result()));
        Assert.Equal(Ending.Final, _trial.Complete(2, Some.Result()));
        Assert.Equal(TrialStatus.Completed, _state.Result!.Status);
    }

    [Fact]
    public void A_sweep_that_held_a_returned_lease_does_not_prevent_the_next_lease_from_being_cancelled()
    {
        Lease();
        _trial.HandBack(1);
        var answer = _trial.Lease(new LeaseRequest(Some.Spec(), "other", "silo", Retries: 2), _now).Answer;
        _trial.Report(answer.Fence!.Value, null, _now);

        Assert.True(_trial.Cancel("other"));
        Assert.Equal(Directive.Cancel, _trial.Report(2, null, _now));
    }

    [Fact]
    public void A_lease_that_expires_while_its_silo_lives_is_not_held_against_the_trial()
    {
        for (var fence = 1; fence <= 4; fence++)
        {
            Assert.Equal(fence, Lease().Fence);
            Pass(_term);
        }

        Assert.Equal(0, _state.Deaths);
    }

    [Theory]
    [InlineData(TrialStatus.Failed, true)]
    [InlineData(TrialStatus.Poisonous, true)]
    [InlineData(TrialStatus.Unusable, false)]
    [InlineData(TrialStatus.Completed, false)]
    [InlineData(TrialStatus.Cancelled, false)]
    public void Only_failed_trials_can_be_retried_by_the_user(TrialStatus status, bool isTriedAgain)
    {
        Lease(retries: 0);
        _trial.Complete(1, Some.Result(status));
        (_state.Failures, _state.Deaths) = (3, 1);

        Assert.Equal(isTriedAgain, _trial.TryAgain());
        Assert.Equal(isTriedAgain ? 2 : null, Lease().Fence);
        Assert.Equal(isTriedAgain ? (0, 0) : (3, 1), (_state.Failures, _state.Deaths));
    }

    private LeaseAnswer _lastAnswer = null!;
    private bool _isHolderDead;
    private bool _isHeard = true;

    private LeaseAnswer Lease(string silo = "silo", int retries = 2)
    {
        _lastAnswer = _trial.Lease(new LeaseRequest(Some.Spec(), "sweep", silo, retries, _isHolderDead), _now).Answer;
        _isHolderDead = false;
        if (_lastAnswer.Fence is { } fence && _isHeard)
            _trial.Report(fence, null, _now);
        return _lastAnswer;
    }

    private Directive Checkpointed(long fence, int epoch) => _trial.Checkpointed(Some.Checkpoint(fence, epoch), _now);

    private Ending Fail(long fence, string reason = "no memory") => _trial.Complete(fence, Some.Result(TrialStatus.Failed, reason: reason));

    private void Die() => _isHolderDead = true;

    private void Pass(TimeSpan time) => _now += time;
}
