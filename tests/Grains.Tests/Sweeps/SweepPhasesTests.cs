using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>From one phase of a sweep to the next.</summary>
public sealed class SweepPhasesTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DataFacts _data = new("some", GivesPairs: false, 200);

    private readonly SweepState _state = new();
    private readonly SweepPhases _phases;

    public SweepPhasesTests() => _phases = new SweepPhases("mine", _state);

    [Fact]
    public void A_sweep_is_prepared_trained_and_formed()
    {
        Assert.Equal(SweepChange.Phase, _phases.Submit(Some.Request(), _now));
        Assert.Equal(SweepPhase.Preparing, _state.Phase);
        Assert.Equal(SweepChange.Phase, Plan());
        Assert.Equal((SweepPhase.Running, _now), (_state.Phase, _state.StartedAt));
        Assert.True(_phases.MayLease);
        _phases.Form();
        Assert.False(_phases.MayLease);
        _phases.End(null, "no ensemble", _now.AddHours(1));

        Assert.Equal((SweepPhase.Completed, "no ensemble", _now.AddHours(1)), (_state.Phase, _state.Problem, _state.EndedAt));
        Assert.False(_phases.IsUnfinished);
    }

    [Fact]
    public void A_prepared_sweep_waits_for_its_start_and_a_second_start_changes_nothing()
    {
        _phases.Submit(Some.Request() with { StartWhenPrepared = false }, _now);
        Plan();
        Assert.Equal((SweepPhase.Prepared, false), (_state.Phase, _phases.IsUnfinished));

        Assert.Equal(SweepChange.Phase, _phases.Start(_now));
        Assert.Equal(SweepPhase.Running, _state.Phase);
        Assert.Equal(SweepChange.None, _phases.Start(_now));
    }

    [Fact]
    public void A_sweep_that_is_cancelled_before_it_trains_ends_at_once()
    {
        _phases.Submit(Some.Request(), _now);

        Assert.Equal(SweepChange.Phase, _phases.Cancel(_now));
        Assert.Equal((SweepPhase.Cancelled, _now), (_state.Phase, _state.EndedAt));
        Assert.Equal(SweepChange.None, _phases.Cancel(_now));
    }

    [Fact]
    public void A_sweep_that_is_cancelled_while_it_trains_ends_when_its_trials_have_ended()
    {
        Run();
        Assert.Equal(SweepChange.InPhase, _phases.Cancel(_now));
        Assert.Equal((SweepPhase.Running, "cancelled by the user", false), (_state.Phase, _phases.WhyCancelled, _phases.MayLease));
        Assert.Equal(SweepChange.None, _phases.Cancel(_now));

        _phases.Form();
        _phases.End(null, null, _now);
        Assert.Equal(SweepPhase.Cancelled, _state.Phase);
    }

    [Fact]
    public void A_sweep_that_was_planned_for_other_training_code_is_planned_again()
    {
        Run();
        Assert.False(_phases.MustPlanAgain("code"));
        Assert.True(_phases.MustPlanAgain("other"));
        Assert.Equal(SweepPhase.Preparing, _state.Phase);
        Assert.False(_phases.MustPlanAgain("other"));
    }

    [Fact]
    public void A_sweep_stops_when_its_time_is_up()
    {
        Run(Some.Request() with { Stop = new StopRule(After: TimeSpan.FromMinutes(30)) });
        Assert.Null(_phases.WhyStop(_now.AddMinutes(29)));
        var why = _phases.WhyStop(_now.AddMinutes(30));
        Assert.Equal("stopped after 30 min, as requested", why);

        Assert.Equal(SweepChange.InPhase, _phases.Stop(why!));
        Assert.Null(_phases.WhyStop(_now.AddMinutes(31)));
        Assert.Equal(why, _phases.WhyCancelled);
    }

    [Fact]
    public void A_sweep_stops_at_the_requested_EER()
    {
        Run(Some.Request() with { Stop = new StopRule(Eer: 0.02) });

        Assert.True(_phases.StopsAtEer);
        Assert.Null(_phases.WhyStop(best: null));
        Assert.Null(_phases.WhyStop(0.021));
        Assert.Equal("stopped at a validation EER of 2.00 %, as requested", _phases.WhyStop(0.02));
    }

    [Fact]
    public void More_work_resumes_a_sweep_and_its_time_counts_from_then()
    {
        Run(Some.Request() with { Stop = new StopRule(After: TimeSpan.FromMinutes(30)) });
        _phases.Stop("enough");
        Assert.Contains("is being stopped", Assert.Throws<BadInputException>(() => _phases.MayGoOn("extend", "code")).Message, StringComparison.Ordinal);
        _phases.Form();
        Assert.Throws<BadInputException>(() => _phases.MayGoOn("extend", "code"));
        _phases.End(null, null, _now);
        Assert.True(_phases.MayGoOn("extend", "code"));

        Assert.Equal(SweepChange.Phase, _phases.GoOn(new StopRule(After: TimeSpan.FromMinutes(10)), _now.AddHours(5)));

        Assert.Equal((SweepPhase.Running, null, null), (_state.Phase, _state.Stopped, _state.EndedAt));
        Assert.Null(_phases.WhyStop(_now.AddHours(5).AddMinutes(9)));
        Assert.NotNull(_phases.WhyStop(_now.AddHours(5).AddMinutes(10)));
    }

    [Fact]
    public void A_retry_trains_open_trials_and_otherwise_forms_an_ensemble_that_could_not_be_formed()
    {
        Run();
        Assert.Equal(SweepChange.None, _phases.Retry(isOpen: true, _now));
        _phases.Form();
        _phases.End(null, "a blob is gone", _now);

        Assert.Equal(SweepChange.Phase, _phases.Retry(isOpen: false, _now));
        Assert.Equal(SweepPhase.Forming, _state.Phase);
        _phases.End(null, "a blob is gone", _now);
        Assert.Equal(SweepChange.Phase, _phases.Retry(isOpen: true, _now));
        Assert.Equal((SweepPhase.Running, null), (_state.Phase, _state.Problem));
    }

    [Fact]
    public async Task A_sweep_can_be_extended_when_an_order_to_extend_it_would_not_be_refused()
    {
        Assert.False(await CanExtend());
        Run(Some.Request() with { Search = SearchKind.Random, Points = 1 });
        Assert.True(await CanExtend());
        Assert.False(await CanExtend("other code"));
        _phases.Stop("enough");
        Assert.False(await CanExtend());
        _phases.Form();
        Assert.False(await CanExtend());
        _phases.End(null, null, _now);
        Assert.True(await CanExtend());

        _state.Request = _state.Request! with { Search = SearchKind.Grid };
        Assert.False(await CanExtend());

        async Task<bool> CanExtend(string code = "code")
        {
            var can = SweepPhases.CanExtend(_state, code);
            var refusal = await Record.ExceptionAsync(() => _phases.PlanWith(1, new StopRule(), code));
            Assert.Equal(can, refusal is null);
            return can;
        }
    }

    private void Run(SweepRequest? request = null)
    {
        _phases.Submit(request ?? Some.Request(), _now);
        Plan();
    }

    private SweepChange Plan() => _phases.Plan(Some.Plan(_state.Request!, Some.DataSet()), _data, "code", _now);
}
