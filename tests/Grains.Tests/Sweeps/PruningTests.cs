using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Sweeps;

/// <summary>Which trials of a sweep are paused, and which continue.</summary>
public sealed class PruningTests
{
    private const int Epochs = 9;

    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);
    private static readonly ImmutableArray<TrialSpec> _specs = Some.Specs(9);

    private readonly TrialQueue _queue;

    public PruningTests() => _queue = New();

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
        var queue = New(new MedianPruner());
        for (var ordinal = 0; ordinal < 6; ordinal++)
            queue.Answered(ordinal, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);
        for (var ordinal = 0; ordinal < 5; ordinal++)
            queue.Heard(ordinal, "silo", Epoch(Epochs, 0.1), TimeSpan.Zero);
        queue.Heard(5, "silo", Epoch(Epochs, 0.9), TimeSpan.Zero);
        Assert.Null(queue.Judge(5));
    }

    [Fact]
    public void A_paused_trial_that_enters_the_best_third_resumes_before_new_trials_begin()
    {
        Paused(0, 0.1);
        Paused(1, 0.2);
        Assert.False(_queue.Promote());
        Paused(2, 0.3);

        Assert.True(_queue.Promote());
        Assert.Equal(0, _queue.Next("silo", TimeSpan.Zero, _term));
        Assert.Equal(TrialStatus.Waiting, _queue.Ledger[^1].Status);
        Assert.False(_queue.Promote());
    }

    [Fact]
    public void If_only_paused_trials_are_left_the_best_resumes_until_one_is_fully_trained()
    {
        var queue = New(count: 2);
        Paused(0, 0.1, queue);
        Paused(1, 0.2, queue);
        Assert.True(queue.HasEnded);

        Assert.True(queue.Promote());
        Assert.Equal([0], queue.WaitingOrdinals);
        Grant(0, queue);
        queue.Heard(0, "silo", Epoch(3, 0.1, 0.1, 0.1), TimeSpan.Zero);
        Assert.Null(queue.Judge(0));
        queue.End(0, Some.Result() with { Epochs = [.. Enumerable.Range(1, Epochs).Select(epoch => Epoch(epoch, 0.1))] });

        Assert.False(queue.Promote());
        Assert.Equal([TrialStatus.Completed, TrialStatus.Pruned], queue.Reports(TimeSpan.Zero, _term).Select(trial => trial.Status));
    }

    [Fact]
    public void If_the_best_trial_is_unusable_the_next_best_resumes()
    {
        var queue = New(count: 2);
        Paused(0, 0.1, queue);
        Paused(1, 0.2, queue);
        queue.Promote();
        Grant(0, queue);
        queue.End(0, Some.Result(TrialStatus.Unusable) with { Epochs = [Epoch(1, 0.1)] });

        Assert.True(queue.Promote());
        Assert.Equal([1], queue.WaitingOrdinals);
    }

    [Fact]
    public void A_resumed_queue_remembers_the_results_of_its_paused_trials()
    {
        Paused(0, 0.1);
        Paused(1, 0.2);
        var resumed = New(ledger: _queue.Ledger);
        Paused(2, 0.3, resumed);

        Assert.True(resumed.Promote());
        Assert.Equal(0, resumed.Next("silo", TimeSpan.Zero, _term));
    }

    [Fact]
    public void A_paused_trial_reports_the_reason_and_its_last_epoch()
    {
        Paused(0, 0.1);
        var report = _queue.Reports(TimeSpan.Zero, _term).First();
        Assert.Equal((TrialStatus.Pruned, 1), (report.Status, report.Result!.Epochs.Single().Epoch));
        Assert.StartsWith("paused after epoch 1 with an EER of 10.0 %", report.Result.Reason, StringComparison.Ordinal);
    }

    private static TrialQueue New(IPruner? pruner = null, int count = 9, IReadOnlyCollection<EndedTrial>? ledger = null) =>
        new("sweep", _specs[..count], ledger ?? [], slots: null, pruner ?? new AshaPruner());

    private void Paused(int ordinal, double eer, TrialQueue? queue = null)
    {
        var why = Hear(ordinal, queue ?? _queue, eer);
        Assert.NotNull(why);
        (queue ?? _queue).Pause(ordinal, why);
    }

    private string? Hear(int ordinal, params double[] curve) => Hear(ordinal, _queue, curve);

    private static string? Hear(int ordinal, TrialQueue queue, params double[] curve)
    {
        if (!queue.RunningOrdinals.Contains(ordinal))
            Grant(ordinal, queue);
        Assert.True(queue.Heard(ordinal, "silo", Epoch(curve.Length, curve), TimeSpan.Zero));
        Assert.False(queue.Heard(ordinal, "silo", Epoch(curve.Length, curve), TimeSpan.Zero));
        return queue.Judge(ordinal);
    }

    private static void Grant(int ordinal, TrialQueue queue) => queue.Answered(ordinal, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);

    private static EpochReport Epoch(int epoch, params double[] curve) =>
        new(epoch, Epochs, 0.5, curve[^1], epoch) { Curve = [.. Enumerable.Repeat(curve[0], epoch - curve.Length), .. curve] };
}
