using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Which trials of a sweep are paused, and which continue.</summary>
public sealed class PruningTests
{
    private const int Epochs = 9;

    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(9);

    private readonly List<EndedTrial> _ledger = [];
    private readonly Sweep _sweep;

    public PruningTests() => _sweep = New();

    [Fact]
    public void While_few_trials_have_reached_a_rung_each_is_paused_there_in_favour_of_a_new_one()
    {
        Assert.Equal("paused after epoch 1 with an EER of 10.0 %, until 3 trials have got this far", Hear(0, 0.1));
        Assert.NotNull(Hear(1, 0.05));
        Assert.Null(Hear(2, 0.04));
        Assert.NotNull(Hear(3, 0.2));
    }

    [Fact]
    public void No_trial_is_paused_between_rungs()
    {
        Hear(0, 0.1);
        Hear(1, 0.2);
        Hear(2, 0.05);
        Assert.Null(Hear(2, 0.05, 0.5));
        Assert.NotNull(Hear(2, 0.05, 0.5, 0.5));
    }

    [Fact]
    public void The_last_epoch_of_a_trial_does_not_pause_it()
    {
        var sweep = New(new MedianPruner());
        for (var ordinal = 0; ordinal < 6; ordinal++)
            sweep.Answered(ordinal, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);
        for (var ordinal = 0; ordinal < 5; ordinal++)
            sweep.Heard(ordinal, "silo", Epoch(Epochs, 0.1), TimeSpan.Zero);
        sweep.Heard(5, "silo", Epoch(Epochs, 0.9), TimeSpan.Zero);
        Assert.Null(sweep.Judge(5));
    }

    [Fact]
    public void A_paused_trial_that_enters_the_best_third_resumes_before_new_trials_begin()
    {
        Paused(0, 0.1);
        Paused(1, 0.2);
        Assert.False(_sweep.Promote());
        Paused(2, 0.3);

        Assert.True(_sweep.Promote());
        Assert.Equal(0, _sweep.Next("silo", TimeSpan.Zero, _term));
        Assert.Equal(TrialStatus.Waiting, _ledger[^1].Status);
        Assert.False(_sweep.Promote());
    }

    [Fact]
    public void If_only_paused_trials_are_left_the_best_resumes_until_one_is_fully_trained()
    {
        var sweep = New(count: 2);
        Paused(0, 0.1, sweep);
        Paused(1, 0.2, sweep);
        Assert.True(sweep.HasEnded);

        Assert.True(sweep.Promote());
        Assert.Equal([0], sweep.WaitingOrdinals);
        Grant(0, sweep);
        sweep.Heard(0, "silo", Epoch(3, 0.1, 0.1, 0.1), TimeSpan.Zero);
        Assert.Null(sweep.Judge(0));
        sweep.End(0, Some.Result() with { Epochs = [.. Enumerable.Range(1, Epochs).Select(epoch => Epoch(epoch, 0.1))] });

        Assert.False(sweep.Promote());
        Assert.Equal([TrialStatus.Completed, TrialStatus.Pruned], sweep.Reports(TimeSpan.Zero, _term).Select(trial => trial.Status));
    }

    [Fact]
    public void If_the_best_trial_is_unusable_the_next_best_resumes()
    {
        var sweep = New(count: 2);
        Paused(0, 0.1, sweep);
        Paused(1, 0.2, sweep);
        sweep.Promote();
        Grant(0, sweep);
        sweep.End(0, Some.Result(TrialStatus.Unusable) with { Epochs = [Epoch(1, 0.1)] });

        Assert.True(sweep.Promote());
        Assert.Equal([1], sweep.WaitingOrdinals);
    }

    [Fact]
    public void A_resumed_sweep_remembers_the_results_of_its_paused_trials()
    {
        Paused(0, 0.1);
        Paused(1, 0.2);
        var resumed = New();
        Paused(2, 0.3, resumed);

        Assert.True(resumed.Promote());
        Assert.Equal(0, resumed.Next("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void A_paused_trial_reports_the_reason_and_its_last_epoch()
    {
        Paused(0, 0.1);
        var report = _sweep.Reports(TimeSpan.Zero, _term).First();
        Assert.Equal((TrialStatus.Pruned, 1), (report.Status, report.Result!.Epochs.Single().Epoch));
        Assert.StartsWith("paused after epoch 1 with an EER of 10.0 %", report.Result.Reason, StringComparison.Ordinal);
    }

    private Sweep New(IPruner? pruner = null, int count = 9) => new("sweep", _specs[..count], _ledger, slots: null, pruner ?? new AshaPruner());

    private void Paused(int ordinal, double eer, Sweep? sweep = null)
    {
        var why = Hear(ordinal, sweep ?? _sweep, eer);
        Assert.NotNull(why);
        (sweep ?? _sweep).Pause(ordinal, why);
    }

    private string? Hear(int ordinal, params double[] curve) => Hear(ordinal, _sweep, curve);

    private static string? Hear(int ordinal, Sweep sweep, params double[] curve)
    {
        if (!sweep.RunningOrdinals.Contains(ordinal))
            Grant(ordinal, sweep);
        Assert.True(sweep.Heard(ordinal, "silo", Epoch(curve.Length, curve), TimeSpan.Zero));
        Assert.False(sweep.Heard(ordinal, "silo", Epoch(curve.Length, curve), TimeSpan.Zero));
        return sweep.Judge(ordinal);
    }

    private static void Grant(int ordinal, Sweep sweep) => sweep.Answered(ordinal, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);

    private static EpochReport Epoch(int epoch, params double[] curve) =>
        new(epoch, Epochs, 0.5, curve[^1], epoch) { Curve = [.. Enumerable.Repeat(curve[0], epoch - curve.Length), .. curve] };
}
