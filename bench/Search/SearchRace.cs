using Siamese.Bench.Reports;
using Siamese.Grains.Search;

namespace Siamese.Bench.Search;

/// <summary>How many trials a search takes to one of the best 5 %, against random search, over seeds.</summary>
internal static class SearchRace
{
    private const int Seeds = 100;
    private const int MostTrials = 2000;

    /// <param name="name">What is searched.</param>
    /// <param name="random">A random search of that seed.</param>
    /// <param name="tpe">The other search of that seed.</param>
    /// <param name="arena">Begins a search: takes a place, and gives the one that was tried and what it gave.</param>
    /// <param name="good">What is among the best 5 %.</param>
    public static IEnumerable<Figure> Run(string name, Func<int, ISampler> random, Func<int, ISampler> tpe, Func<Func<double[], Observation>> arena, double good)
    {
        double[] Trials(Func<int, ISampler> sampler) => [.. Enumerable.Range(1, Seeds).AsParallel().AsOrdered().Select(seed => (double)Count(sampler(seed), arena(), good))];

        var (randoms, tpes) = (Figure.Of($"search.{name}.random_trials", "trials", Trials(random)), Figure.Of($"search.{name}.tpe_trials", "trials", Trials(tpe)));
        return [randoms, tpes, Figure.Of($"search.{name}.tpe_vs_random", "ratio", [tpes.Value / randoms.Value])];
    }

    private static int Count(ISampler sampler, Func<double[], Observation> arena, double good)
    {
        var seen = new List<Observation>();
        while (seen.Count < MostTrials)
        {
            seen.Add(arena(sampler.Propose(seen.Count, seen)));
            if (seen[^1].Value <= good)
                break;
        }

        return seen.Count;
    }
}
