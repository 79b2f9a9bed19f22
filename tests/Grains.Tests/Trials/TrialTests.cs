using Siamese.Contracts.Trials;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Trials;

public sealed class TrialTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan _tick = TimeSpan.FromTicks(1);

    private readonly TrialState _state = new();
    private readonly Trial _trial;

    public TrialTests() => _trial = new Trial(_state, _term, TimeSpan.Zero, TimeProvider.System);

    [Fact]
    public void A_new_trial_is_leased_under_the_first_fence()
    {
        var answer = Lease("sweep", "silo-1");

        Assert.Equal(new LeaseAnswer(1, null, null), answer);
        Assert.Equal(Some.Spec(), _state.Spec);
        Assert.Equal(("silo-1", "sweep"), (_state.LeasedTo, _state.LeasedFor));
    }

    [Fact]
    public void A_held_trial_is_not_leased_again_and_names_its_holder()
    {
        Lease("sweep", "silo-1");

        Assert.Equal(new LeaseAnswer(null, null, "silo-1", "sweep"), Lease("other", "silo-2", _term - _tick));
        Assert.Equal(1, _state.Fence);
        Assert.Equal(["other", "sweep"], _state.Followers.Order());
    }

    [Fact]
    public void A_lease_expires_after_a_term_without_reports_and_the_next_has_a_higher_fence()
    {
        Lease("sweep", "silo-1");

        Assert.Equal(2, Lease("sweep", "silo-2", _term).Fence);
        Assert.Equal("silo-2", _state.LeasedTo);
    }

    [Fact]
    public void A_report_renews_the_lease_for_a_full_term()
    {
        Lease("sweep", "silo-1");

        Assert.Equal(Directive.Continue, _trial.Report(1, null, _term - _tick));
        Assert.Null(Lease("sweep", "silo-2", _term + _term - _tick - _tick).Fence);
        Assert.NotNull(Lease("sweep", "silo-2", _term + _term - _tick).Fence);
    }

    [Fact]
    public void A_silent_holder_continues_unless_another_took_its_place()
    {
        Lease("sweep", "silo-1");

        Assert.Equal(Directive.Continue, _trial.Report(1, null, 10 * _term));
        Assert.Null(Lease("sweep", "silo-2", 10 * _term).Fence);
    }

    [Fact]
    public void After_a_restart_the_current_lease_has_a_full_term()
    {
        Lease("sweep", "silo-1");
        var restarted = new Trial(_state, _term, TimeSpan.FromHours(1), TimeProvider.System);

        var request = new LeaseRequest(Some.Spec(), "sweep", "silo-2", Retries: 0);
        var early = restarted.Lease(request, TimeSpan.FromHours(1) + _term - _tick).Answer;
        var late = restarted.Lease(request, TimeSpan.FromHours(1) + _term).Answer;

        Assert.Equal((null, 2), (early.Fence, late.Fence));
    }

    [Fact]
    public void The_last_epoch_survives_renewals_and_is_forgotten_with_the_lease()
    {
        Lease("sweep", "silo-1");
        _trial.Report(1, Some.Epoch(3), _tick);
        _trial.Report(1, null, _tick);
        Assert.Equal(3, _trial.LastEpoch!.Epoch);

        Lease("sweep", "silo-2", 2 * _term);
        Assert.Null(_trial.LastEpoch);
    }

    [Fact]
    public void A_paused_trial_is_handed_back_and_its_next_lease_resumes_from_its_checkpoint()
    {
        Lease("sweep", "silo-1");
        Assert.True(_trial.Pause("sweep"));

        Assert.Equal(Directive.Pause, _trial.Report(1, Some.Epoch(3), _tick));
        Assert.Equal(Directive.Pause, _trial.Checkpointed(Some.Checkpoint(1, 3), _tick));
        Assert.True(_trial.HandBack(1));

        var next = Lease("sweep", "silo-2");
        Assert.Equal((2, 3), (next.Fence, next.From!.Epoch));
        Assert.Equal(Directive.Continue, _trial.Report(2, null, _tick));
    }

    [Fact]
    public void A_trial_is_not_paused_while_another_sweep_wants_it()
    {
        Lease("sweep", "silo-1");
        Follow("other");
        Assert.True(_trial.Pause("sweep"));
        Assert.Equal(Directive.Continue, _trial.Report(1, null, _tick));

        Assert.True(_trial.Pause("other"));
        Assert.Equal(Directive.Pause, _trial.Report(1, null, _tick));
        Assert.False(_trial.Pause("other"));
    }

    [Fact]
    public void A_paused_trial_resumes_if_another_sweep_wants_it_before_it_is_handed_back()
    {
        Lease("sweep", "silo-1");
        _trial.Pause("sweep");

        Assert.Equal("silo-1", Lease("sweep", "silo-2").LeasedTo);
        Assert.Equal(Directive.Continue, _trial.Report(1, null, _tick));
    }

    [Fact]
    public void A_holder_with_an_old_fence_is_refused()
    {
        Lease("sweep", "silo-1");
        Lease("sweep", "silo-2", _term);

        Assert.Equal(Directive.Stale, _trial.Report(1, Some.Epoch(9), _term));
        Assert.Equal(Ending.Refused, _trial.Complete(1, Some.Result()));
        Assert.Null(_trial.LastEpoch);
        Assert.Null(_state.Result);
        Assert.NotEqual(Ending.Refused, _trial.Complete(2, Some.Result(reason: "second")));
        Assert.Equal(Ending.Refused, _trial.Complete(1, Some.Result(reason: "first")));
        Assert.Equal("second", _state.Result!.Reason);
    }

    [Fact]
    public void A_fence_that_was_never_granted_is_refused()
    {
        Assert.Equal(Directive.Stale, _trial.Report(0, null, _tick));
        Assert.Equal(Ending.Refused, _trial.Complete(0, Some.Result()));
        Lease("sweep", "silo-1");
        Assert.Equal(Directive.Stale, _trial.Report(2, null, _tick));
        Assert.Equal(Ending.Refused, _trial.Complete(2, Some.Result()));
    }

    [Fact]
    public void A_completion_that_is_reported_twice_counts_once()
    {
        Lease("sweep", "silo-1");

        Assert.NotEqual(Ending.Refused, _trial.Complete(1, Some.Result(reason: "once")));
        Assert.NotEqual(Ending.Refused, _trial.Complete(1, Some.Result(reason: "twice")));
        Assert.Equal("once", _state.Result!.Reason);
        Assert.Null(_state.LeasedTo);
        Assert.Equal(Directive.Stale, _trial.Report(1, null, _tick));
    }

    [Theory]
    [InlineData(TrialStatus.Completed)]
    [InlineData(TrialStatus.Unusable)]
    public void A_fully_trained_trial_is_never_leased_again(TrialStatus status)
    {
        Lease("sweep", "silo-1");
        _trial.Complete(1, Some.Result(status));

        Assert.Equal(status, Lease("other", "silo-2", 2 * _term).Result!.Status);
        Assert.Equal(status, Follow("third").Result!.Status);
        Assert.Equal(1, _state.Fence);
    }

    [Theory]
    [InlineData(TrialStatus.Failed)]
    [InlineData(TrialStatus.Cancelled)]
    public void A_failed_trial_is_retried_only_for_a_sweep_that_did_not_see_it_fail(TrialStatus status)
    {
        Lease("sweep", "silo-1");
        _trial.Complete(1, Some.Result(status));

        Assert.Equal(status, Lease("sweep", "silo-1").Result!.Status);
        Assert.Equal(status, Follow("sweep").Result!.Status);
        Assert.Equal(2, Lease("other", "silo-2").Fence);
        Assert.Null(Follow("sweep").Result);
    }

    [Fact]
    public void A_failed_trial_is_also_retried_for_a_sweep_that_only_follows_it()
    {
        Lease("sweep", "silo-1");
        _trial.Complete(1, Some.Result(TrialStatus.Failed));

        Assert.Equal(new LeaseAnswer(null, null, null), Follow("other"));
        Assert.Equal(2, Lease("other", "silo-2").Fence);
    }

    [Fact]
    public void A_trial_that_was_never_leased_cannot_be_followed()
    {
        Assert.Equal(new LeaseDecision(new LeaseAnswer(null, null, null), IsChanged: false), _trial.Follow("sweep"));
        Assert.Empty(_state.Followers);
    }

    [Fact]
    public void After_a_loss_of_memory_a_sweep_learns_that_the_lease_is_its_own()
    {
        Lease("sweep", "silo-1");

        Assert.Equal(new LeaseAnswer(null, null, "silo-1", "sweep"), Follow("sweep"));
    }

    [Fact]
    public void A_cancelled_holder_gets_the_order_to_stop_and_its_result_counts()
    {
        Lease("sweep", "silo-1");

        Assert.True(_trial.Cancel("sweep"));
        Assert.True(_state.IsCancelled);
        Assert.Equal(Directive.Cancel, _trial.Report(1, null, _tick));
        Assert.NotEqual(Ending.Refused, _trial.Complete(1, Some.Result(TrialStatus.Cancelled)));
        Assert.Equal(TrialStatus.Cancelled, _state.Result!.Status);
    }

    [Fact]
    public void Training_continues_until_every_sweep_that_wants_the_trial_has_cancelled()
    {
        Lease("sweep", "silo-1");
        Lease("other", "silo-2");

        Assert.True(_trial.Cancel("sweep"));
        Assert.Equal(Directive.Continue, _trial.Report(1, null, _tick));
        Assert.False(_trial.Cancel("sweep"));
        Assert.Equal(Directive.Continue, _trial.Report(1, null, _tick));
        Assert.True(_trial.Cancel("other"));
        Assert.Equal(Directive.Cancel, _trial.Report(1, null, _tick));
    }

    [Theory]
    [InlineData(TrialStatus.Failed)]
    [InlineData(TrialStatus.Cancelled)]
    public void A_sweep_that_saw_an_earlier_lease_end_does_not_prevent_the_next_from_being_cancelled(TrialStatus status)
    {
        Lease("sweep", "silo-1");
        _trial.Complete(1, Some.Result(status));
        Lease("other", "silo-1");

        Assert.True(_trial.Cancel("other"));
        Assert.Equal(Directive.Cancel, _trial.Report(2, null, _tick));
    }

    [Fact]
    public void A_finished_trial_ends_early_for_its_sweep_and_continues_for_another()
    {
        Lease("sweep", "silo-1");
        Assert.True(_trial.Finish("sweep", out var isChanged));
        Assert.True(isChanged);
        Assert.True(_trial.Finish("sweep", out isChanged));
        Assert.False(isChanged);
        Assert.Equal(Directive.Finish, _trial.Report(1, null, _tick));

        Assert.Equal(Ending.Early, _trial.Complete(1, Some.Result() with { EndsAfter = 3 }));
        Assert.Equal(Ending.Known, _trial.Complete(1, Some.Result() with { EndsAfter = 3 }));

        Assert.Null(_state.Result);
        Assert.Equal(3, _trial.Follow("sweep").Answer.Result!.EndsAfter);
        Assert.Equal(2, Lease("other", "silo-2").Fence);
        Assert.Equal(Directive.Continue, _trial.Report(2, null, _tick));
    }

    [Fact]
    public void A_trial_that_another_sweep_wants_in_full_is_not_finished()
    {
        Lease("sweep", "silo-1");
        Lease("other", "silo-2");

        Assert.False(_trial.Finish("sweep", out _));
        Assert.Equal(Directive.Continue, _trial.Report(1, null, _tick));
        Assert.True(_trial.Cancel("other"));
        Assert.True(_trial.Finish("sweep", out _));
        Assert.Equal(Directive.Finish, _trial.Report(1, null, _tick));
    }

    [Fact]
    public void A_trial_that_failed_while_it_was_finished_is_trained_in_full_when_it_is_retried()
    {
        Lease("sweep", "silo-1");
        _trial.Finish("sweep", out _);
        Assert.Equal(Ending.Final, _trial.Complete(1, Some.Result(TrialStatus.Failed)));

        Assert.True(_trial.TryAgain());
        Lease("sweep", "silo-1");

        Assert.Equal(Directive.Continue, _trial.Report(2, null, _tick));
    }

    [Fact]
    public void Cancelling_a_trial_that_is_not_being_trained_changes_nothing()
    {
        Assert.False(_trial.Cancel("sweep"));
        Lease("sweep", "silo-1");
        Assert.False(_trial.Cancel("stranger"));
        _trial.Complete(1, Some.Result());
        Assert.False(_trial.Cancel("sweep"));
        Assert.False(_state.IsCancelled);
    }

    [Fact]
    public void A_sweep_that_arrives_while_the_cancelled_trainer_stops_gets_its_own_lease()
    {
        Lease("sweep", "silo-1");
        _trial.Cancel("sweep");

        Assert.Equal(new LeaseAnswer(null, null, null), Follow("other"));
        Assert.Equal(2, Lease("other", "silo-2").Fence);
        Assert.Equal(Directive.Stale, _trial.Report(1, null, _tick));
        Assert.Equal(Ending.Refused, _trial.Complete(1, Some.Result(TrialStatus.Cancelled)));
        Assert.Equal(Directive.Continue, _trial.Report(2, null, _tick));
    }

    [Fact]
    public void Blobs_are_needed_until_the_last_sweep_forgets_the_trial()
    {
        Lease("sweep", "silo-1");
        _trial.Complete(1, Some.Result() with { WeightsBlob = "w", EmbeddingsBlob = "e" });
        Follow("other");

        Forget("stranger");
        Assert.False(_trial.IsHeldOnlyBy("sweep"));
        Forget("sweep");
        Assert.False(_trial.IsHeldOnlyBy("sweep"));
        Assert.True(_trial.IsHeldOnlyBy("other"));
        Assert.Equal<string>(["w", "e"], _trial.Blobs);
        Forget("other");
        Assert.False(_trial.IsHeldOnlyBy("other"));
        Assert.Empty(_trial.Blobs);
        Assert.Equal(new LeaseAnswer(null, null, null), Follow("third"));
    }

    [Fact]
    public void A_forgotten_trial_never_grants_an_old_fence_again()
    {
        Lease("sweep", "silo-1");
        _trial.Cancel("sweep");
        Forget("sweep");

        Assert.Equal(Directive.Stale, _trial.Report(1, null, _tick));
        Assert.Equal(2, Lease("sweep", "silo-1").Fence);
        Assert.Equal(Directive.Stale, _trial.Report(1, null, _tick));
        Assert.Equal(Ending.Refused, _trial.Complete(1, Some.Result()));
    }

    private LeaseAnswer Lease(string sweep, string silo, TimeSpan at = default, int retries = 0) =>
        _trial.Lease(new LeaseRequest(Some.Spec(), sweep, silo, retries), at).Answer;

    private LeaseAnswer Follow(string sweep) => _trial.Follow(sweep).Answer;

    private void Forget(string sweep) => _trial.Forget(sweep);
}
