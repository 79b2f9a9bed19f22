using System.Collections.Immutable;
using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Listing;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Tests.Listing;

/// <summary>An index of trials says what the reports of the sweep say, whatever happens to the trials.</summary>
public sealed class TrialIndexTests
{
    private static readonly TimeSpan _term = TimeSpan.FromSeconds(12);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory, MemberData(nameof(Seeds))]
    public void It_says_what_the_reports_say_whatever_happens(int seed)
    {
        var random = new Random(seed);
        var specs = NaiveList.Specs(random, 60).ToImmutableArray();
        var queue = new TrialQueue("sweep", specs[..40], [], slots: null, PruningMethod.Of(PruneKind.Median).Pruner);
        var index = new TrialIndex();
        var results = new Dictionary<int, TrialResult>();
        for (var step = 0; step < 60; step++)
        {
            foreach (var _ in Enumerable.Range(0, random.Next(6)))
                Happen(random, queue, specs, results);
            if (step % 20 == 19)
                queue = new TrialQueue("sweep", specs[..queue.Count], queue.Ledger, slots: null, PruningMethod.Of(PruneKind.Median).Pruner);
            index = CatchUp(index, queue);
            // Reports ask the trials for their results; the index need not.
            foreach (var trial in queue.WithoutResult(queue.Ledger))
                queue.Recalled(trial, new LeaseAnswer(null, results[trial], null));
            AssertSame(random, index, queue);
        }
    }

    [Fact]
    public void It_reads_many_trials_part_by_part_while_they_end()
    {
        var random = new Random(1);
        var queue = new TrialQueue("sweep", [.. NaiveList.Specs(random, 5000)], [], slots: null);
        foreach (var trial in new[] { 10, 2500, 4900 })
            queue.Answered(trial, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);
        var index = new TrialIndex();
        var looks = 0;
        for (var isLast = false; !isLast && looks < 100; looks++)
        {
            var look = queue.Look(queue.PartAfter(index.Cursor));
            Assert.True(index.Continues(look));
            index.Apply(look);
            isLast = look.IsLast;
            for (var ended = 0; ended < 500 && looks < 8; ended++)
                queue.End(random.Next(queue.Count), ResultOf(random));
        }

        index = CatchUp(index, queue);
        Assert.InRange(looks, 3, 12);
        Assert.Equal(queue.Count, index.Count);
        AssertSame(random, index, queue);
        Assert.True(index.Bytes / index.Count <= 41 + 6 * sizeof(double), $"{index.Bytes / index.Count} bytes for each trial");
    }

    [Fact]
    public void Plots_of_many_trials_show_few_of_them_and_always_the_best()
    {
        var random = new Random(1);
        var queue = new TrialQueue("sweep", [.. Enumerable.Range(1, 20_000).Select(seed => Some.Spec(seed) with { Hyperparameters = new Hyperparameters { Margin = random.NextDouble() + 0.1, LearningRate = Math.Pow(10, -4 * random.NextDouble()) } })], [], slots: null);
        foreach (var trial in Enumerable.Range(0, queue.Count))
            queue.End(trial, Some.Result() with { Validation = Some.Metrics(0.01 + (0.4 * random.NextDouble())) });
        var index = CatchUp(new(), queue);

        var rows = PlotRows.Of(index, new TrialConditions([], []));

        Assert.Equal(20_000, rows.Measured);
        Assert.Equal(["margin", "learning-rate"], rows.ByHyperparameter.Select(plot => plot.Hyperparameter));
        Assert.All(rows.ByHyperparameter, plot => Assert.InRange(plot.Rows.Length, TrialPlots.MostMarks / 3, TrialPlots.MostMarks));
        Assert.Equal(TrialPlots.MostLines, rows.Lines.Length);
        var best = queue.Reports(TimeSpan.Zero, _term).Index().MinBy(report => report.Item.Result!.Validation!.Eer).Index;
        Assert.All(rows.ByHyperparameter, plot => Assert.Contains(best, plot.Rows));
        Assert.Contains(best, rows.Lines);
        var (so, course) = (double.PositiveInfinity, new List<(int, double)>());
        foreach (var (place, report) in queue.Reports(TimeSpan.Zero, _term).Index())
        {
            if (report.Result!.Validation!.Eer < so)
                course.Add((place + 1, so = report.Result.Validation.Eer));
        }

        Assert.Equal(course, rows.Course.Where(point => point.IsBest).Select(point => (point.Place, point.Eer)));
        Assert.InRange(rows.Course.Length, TrialPlots.MostMarks / 3, TrialPlots.MostMarks + course.Count + 1);
    }

    [Fact]
    public void A_trial_that_ended_before_this_activation_is_asked_only_if_its_line_has_no_figures()
    {
        var queue = new TrialQueue("sweep", Some.Specs(3), [], slots: null);
        queue.End(0, Some.Result() with { Validation = Some.Metrics(0.2), Seconds = 3 });
        queue.End(1, Some.Result() with { Validation = Some.Metrics(0.1), Seconds = 4 });

        var again = new TrialQueue("sweep", Some.Specs(3), [queue.Ledger[0], queue.Ledger[1] with { Figures = null }], slots: null);
        var part = again.PartAfter(default);

        Assert.Equal([1], again.WithoutFigures(part.Changed).Select(line => line.Ordinal));
        var line = again.Look(part).Lines[0];
        Assert.Equal((0, TrialStatus.Completed, new TrialFigures(0.2, 3, 0)), (line.Ordinal, line.Status, line.Figures));
    }

    [Fact]
    public void What_all_trials_have_in_common_takes_no_memory()
    {
        var column = new ValueColumn();
        foreach (var _ in Enumerable.Range(0, 1000))
            column.Add("conv", expected: 1001);
        Assert.Equal((false, 0), (column.Varies, column.Bytes));

        column.Add(null, expected: 1001);

        Assert.Equal((true, 1001, "conv", null), (column.Varies, column.Count, column[999]!.Value.Word, column[1000]));
        Assert.InRange(column.Bytes, 8008, 8064);
    }

    /// <summary>Something that may happen to a sweep.</summary>
    private static void Happen(Random random, TrialQueue queue, ImmutableArray<TrialSpec> specs, Dictionary<int, TrialResult> results)
    {
        var trial = random.Next(queue.Count);
        switch (random.Next(9))
        {
            case 0 or 1:
                queue.Answered(trial, new LeaseAnswer(1, null, null), "silo", TimeSpan.Zero);
                break;
            case 2:
                queue.Heard(trial, "silo", Some.Epoch(2) with { Curve = [0.4, 0.3] }, TimeSpan.Zero);
                break;
            case 3 or 4:
                if (queue.LastLineOf(trial) is null)
                    results.Remove(trial);
                results.TryAdd(trial, ResultOf(random));
                queue.End(trial, results[trial]);
                break;
            case 5:
                queue.Cancel([trial], "cancelled");
                break;
            case 6:
                queue.Reopen(random.Next(2) == 0 ? queue.Failed : []);
                queue.Promote();
                break;
            case 7 when queue.RunningOrdinals.Contains(trial):
                queue.Pause(trial, "fell behind");
                break;
            case 8 when queue.Count < specs.Length:
                queue.Grow([specs[queue.Count]]);
                break;
            default:
                results.TryAdd(trial, ResultOf(random));
                queue.Recalled(trial, new LeaseAnswer(null, results[trial], null));
                break;
        }
    }

    private static TrialResult ResultOf(Random random)
    {
        var statuses = new[] { TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Failed, TrialStatus.Unusable, TrialStatus.Poisonous };
        return Some.Result(statuses[random.Next(statuses.Length)]) with
        {
            Validation = random.Next(4) == 0 ? null : Some.Metrics(random.Next(5) == 0 ? double.NaN : random.Next(10) / 20.0),
            Seconds = random.Next(10),
            Epochs = [.. Enumerable.Range(1, random.Next(5)).Select(epoch => Some.Epoch(epoch))],
            EndsAfter = random.Next(5) == 0 ? 3 : null,
        };
    }

    private static TrialIndex CatchUp(TrialIndex index, TrialQueue queue)
    {
        while (true)
        {
            var look = queue.Look(queue.PartAfter(index.Cursor));
            if (!index.Continues(look))
                index = new();
            index.Apply(look);
            if (look.IsLast)
                return index;
        }
    }

    private static void AssertSame(Random random, TrialIndex index, TrialQueue queue)
    {
        TrialReport[] reports = [.. queue.Reports(TimeSpan.Zero, _term)];
        Assert.Equal(reports.CountBy(report => report.Status).OrderBy(state => state.Key), index.Counts.OrderBy(state => state.Key));
        Assert.All(reports, (report, row) => Assert.True(index.Agrees(row, report), $"{report}"));
        for (var asked = 0; asked < 10; asked++)
        {
            var list = NaiveList.Random(random);
            var ids = list.Ids(reports);
            var question = list.Question;
            for (var at = 0; ; at += question.Limit)
            {
                var query = new TrialQuery(question);
                var selected = index.Select(query);
                Assert.Equal(ids.Skip(at).Take(question.Limit), selected.Rows.Select(row => reports[row].Trial));
                Assert.Equal(ids.Length, selected.Matching);
                Assert.Equal(at + question.Limit < ids.Length, selected.Next is not null);
                if (selected.Next is not { } next)
                    break;
                question = question with { After = query.Order.Write(next) };
            }
        }

        var some = reports[random.Next(reports.Length)].Trial;
        Assert.Equal(reports.Index().Where(report => report.Item.Trial.StartsWith(some[..2], StringComparison.Ordinal)).Select(report => report.Index), index.Find(some[..2]));
        Assert.Equal(
            reports.Where(report => report.Status is TrialStatus.Completed).Select(report => report.Result?.Validation?.Eer is { } eer && double.IsFinite(eer) ? eer : 1).Order().Take(6),
            index.Best(TrialStatus.Completed, 6).Select(row => reports[row].Result?.Validation?.Eer is { } eer && double.IsFinite(eer) ? eer : 1));
        Assert.Equal(Hyperparameter.All.Where(one => reports.Select(report => one.Get(report.Spec.Hyperparameters)).Distinct().Count() > 1).Select(one => one.Name), index.Differences.Hyperparameters);
    }
}
