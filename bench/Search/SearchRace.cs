using Siamese.Bench.Reports;
using Siamese.Grains.Search;

namespace Siamese.Bench.Search;

/// <summary>How many trials a search needs to find one of the best 5 %, compared with random search, over seeds.</summary>
internal static class SearchRace
{
    private const int Seeds = 100;
    private const int MostTrials = 2000;

    /// <param name="options">The benchmark's options.</param>
    /// <param name="name">What is searched.</param>
    /// <param name="random">Number of trials that random search needs with a given seed.</param>
    /// <param name="tpe">Number of trials that TPE needs with a given seed.</param>
    public static IEnumerable<Figure> Run(BenchOptions options, string name, Func<int, int> random, Func<int, int> tpe)
    {
        double[] Trials(Func<int, int> search) => [.. Enumerable.Range(1, options.Size(Seeds, smoke: 4)).AsParallel().AsOrdered().Select(seed => (double)search(seed))];

        var (randoms, tpes) = (Figure.Of($"search.{name}.random_trials", "trials", Trials(random)), Figure.Of($"search.{name}.tpe_trials", "trials", Trials(tpe)));
        return [randoms, tpes, Figure.Of($"search.{name}.tpe_vs_random", "ratio", [tpes.Value / randoms.Value])];
    }

    /// <summary>Number of trials that a sampler needs to find a good one.</summary>
    /// <param name="sampler">Proposes places.</param>
    /// <param name="attempt">Tries a place, and returns the place that was actually tried with its value.</param>
    /// <param name="good">The largest value that counts as good.</param>
    public static int Count(ISampler sampler, Func<double[], Observation> attempt, double good)
    {
        var seen = new List<Observation>();
        do
            seen.Add(attempt(sampler.Propose(seen.Count, seen)));
        while (!(seen[^1].Value <= good) && seen.Count < MostTrials);
        return seen.Count;
    }
}
