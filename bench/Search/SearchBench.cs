using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Pruning;

namespace Siamese.Bench.Search;

/// <summary>
/// How much training a search saves: TPE against random search on functions and on a table of trained points, pruning
/// against full training on the table's curves, and what the sampler itself costs. Nothing is trained.
/// </summary>
internal static class SearchBench
{
    private const double BestShare = 0.05;
    private const int Replays = 20;
    private const int DrawnForTheShare = 100_000;

    /// <summary>Number of trials in a realistically long TPE sweep.</summary>
    private const int LongSweep = 200;

    public static IEnumerable<Figure> Run(BenchOptions options)
    {
        var points = RecordedTable.Read(RecordedTable.File).GroupBy(trial => trial.Point).Select(point => point.ToArray()).ToArray();
        return OnFunction(options, "branin", 2, TestFunctions.Branin)
            .Concat(OnFunction(options, "hartmann6", 6, TestFunctions.Hartmann))
            .Concat(OnTable(options, points))
            .Concat(Pruned(options, points))
            .Concat(Cost(options, points));
    }

    private static IEnumerable<Figure> OnFunction(BenchOptions options, string name, int dimensions, Func<double[], double> function)
    {
        var random = new SplitMix(0, 0);
        var drawn = Enumerable.Range(0, DrawnForTheShare)
            .Select(_ => function([.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())]))
            .Order().ToArray();
        var good = drawn[(int)(BestShare * drawn.Length)];
        Observation Try(double[] place) => new(place, function(place));
        return SearchRace.Run(
            options,
            name,
            seed => SearchRace.Count(new RandomSampler(dimensions, seed), Try, good),
            seed => SearchRace.Count(new TpeSampler(new int[dimensions], seed, place => place), Try, good));
    }

    /// <summary>Each TPE proposal is replaced by the nearest point of the table that is not tried yet; random search takes any untried point.</summary>
    private static IEnumerable<Figure> OnTable(BenchOptions options, RecordedTrial[][] points)
    {
        var unit = new UnitSpace(RecordedTable.Space);
        var table = points.Select(trials => new Observation(unit.PlaceOf(trials[0].Point), trials.Average(trial => trial.Eers[^1]))).ToArray();
        var good = table.Select(entry => entry.Value!.Value).Order().ElementAt((int)(BestShare * table.Length) - 1);
        return SearchRace.Run(
            options,
            "table",
            seed =>
            {
                int[] order = [.. Enumerable.Range(0, table.Length)];
                new SplitMix(seed, 0).Shuffle(order);
                return 1 + Array.FindIndex(order, entry => table[entry].Value <= good);
            },
            seed =>
            {
                var open = table.ToList();
                return SearchRace.Count(TpeOf(unit, seed), Nearest, good);

                Observation Nearest(double[] place)
                {
                    var settled = unit.PlaceOf(unit.At(place).Hyperparameters);
                    var nearest = open.MinBy(entry => Distance(entry.Place, settled, unit.Choices))!;
                    open.Remove(nearest);
                    return nearest;
                }
            });
    }

    private static double Distance(double[] one, double[] other, int[] choices) => one.Zip(other, choices).Sum(d =>
        double.IsNaN(d.First) && double.IsNaN(d.Second) ? 0
        : double.IsNaN(d.First) || double.IsNaN(d.Second) ? 1
        : d.Third > 0 ? (d.First == d.Second ? 0 : 1)
        : (d.First - d.Second) * (d.First - d.Second));

    private static IEnumerable<Figure> Pruned(BenchOptions options, RecordedTrial[][] points)
    {
        var replays = Enumerable.Range(1, options.Size(Replays, smoke: 2)).Select(seed => new AshaReplay(points, seed)).ToArray();
        double[] whole = [.. replays.Select(replay => replay.SecondsToGood(pruner: null))];
        foreach (var (name, pruner) in new (string, IPruner)[] { ("asha", new AshaPruner()), ("median", new MedianPruner()) })
        {
            double[] pruned = [.. replays.Select(replay => replay.SecondsToGood(pruner))];
            yield return Figure.Of($"search.{name}.seconds_to_good", "s", pruned);
            yield return Figure.Of($"search.{name}_vs_whole", "ratio", pruned.Zip(whole, (a, b) => a / b));
        }

        yield return Figure.Of("search.whole.seconds_to_good", "s", whole);
    }

    /// <summary>Time spent in the sampler during a long sweep, as a share of the training time of as many trials.</summary>
    private static IEnumerable<Figure> Cost(BenchOptions options, RecordedTrial[][] points)
    {
        var unit = new UnitSpace(RecordedTable.Space);
        var trials = options.Size(LongSweep, smoke: 20);
        var search = new AdaptiveSearch(unit, TpeOf(unit, 1), _ => null);
        var made = new List<Proposal>();
        var random = new SplitMix(1, 1);
        var values = new List<double?>();
        var began = Stopwatch.GetTimestamp();
        while (made.Count < trials)
        {
            made.Add(search.Next(made, values) ?? throw new InvalidOperationException("The space is exhausted."));
            values.Add(random.NextDouble());
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return
        [
            Figure.Of("search.proposal_ms", "ms", [1000 * seconds / trials]),
            Figure.Of("search.sampler_share", "%", [100 * seconds / (trials * points.SelectMany(recorded => recorded).Average(trial => trial.Seconds))]),
        ];
    }

    private static ISampler TpeOf(UnitSpace unit, int seed) =>
        SpaceSearch.SamplerOf(new SweepRequest { Space = RecordedTable.Space, Search = SearchKind.Tpe, SearchSeed = seed }, unit);
}
