using System.Collections.Immutable;
using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Bench.Verdict;

/// <summary>
/// Verdicts through a real client connection on loopback, on test digits as PNG files, against a plain loop of libtorch's
/// forward passes.
/// </summary>
internal static class VerdictBench
{
    private const int Rounds = 5;
    private const int Batch = 256;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(1);

    private static readonly (int Members, int Pairs, int Callers)[] _loads =
        [(1, 1, 1), (1, 1, 32), (1, Batch, 1), (1, Batch, 32), (5, 1, 1), (5, 1, 32), (5, Batch, 1), (5, Batch, 32)];

    private static readonly ImmutableArray<PairOfImages> _all = [.. Enumerable.Range(0, Batch).Select(i => new PairOfImages(i, Batch + i))];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (rounds, window) = options.Size((Rounds, _window), smoke: (1, TimeSpan.FromMilliseconds(50)));
        Console.Error.WriteLine("verdict: training members");
        var test = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Test.Images;
        var images = test.Select([.. Enumerable.Range(0, 2 * Batch)]);
        ImageFile[] files = [.. Enumerable.Range(0, images.Count).Select(i => new ImageFile($"{i}.png", [.. PngWriter.Write(images[i], ImageShape.Digits)]))];
        await using var silo = await TrainedSilo.Start(1, 5);
        foreach (var (members, pairs, callers) in _loads)
        {
            var name = $"verdict.m{members}.p{pairs}.c{callers}";
            Console.Error.WriteLine($"verdict: {members} members, {pairs} pairs per call, {callers} callers");
            var grain = silo.Verdicts(members);
            var measured = new List<Load>();
            for (var round = -1; round < rounds; round++)
            {
                var load = await Load.Measure(options.Size(callers, smoke: Math.Min(callers, 2)), window, call => Ask(grain, files, pairs, call));
                if (round >= 0)
                    measured.Add(load);
            }

            var latency = (members, pairs, callers) == (5, 1, 1) ? "verdict" : name;
            yield return Figure.Of($"{latency}.p50_ms", "ms", measured.Select(load => load.Median));
            if (measured.All(load => load.P99 is not null))
                yield return Figure.Of($"{latency}.p99_ms", "ms", measured.Select(load => load.P99!.Value));
            yield return Figure.Of($"{name}.per_second", "verdicts/s", measured.Select(load => load.PerSecond));
        }

        foreach (var figure in await AgainstLoop(silo, images, files, 2 * rounds, window))
            yield return figure;
    }

    private static async Task<IEnumerable<Figure>> AgainstLoop(TrainedSilo silo, ImageSet images, ImageFile[] files, int rounds, TimeSpan window)
    {
        Console.Error.WriteLine("verdict: against a plain loop");
        var ensemble = await silo.Ensemble(5);
        using var loop = new PlainLoop(ensemble, await Task.WhenAll(ensemble.Members.Select(silo.Weights)));
        var grain = silo.Verdicts(5);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var asked = await Load.Measure(1, window, call => Ask(grain, files, Batch, call));
            var looped = await Load.Measure(1, window, _ => Task.FromResult(loop.Distances(images).Length));
            if (round < 0)
                continue;
            ours.Add(asked.PerSecond);
            theirs.Add(looped.PerSecond);
        }

        return
        [
            Figure.Of("verdict.loop.per_second", "verdicts/s", theirs),
            Figure.Ratio("verdict.batch_vs_loop", [.. ours], [.. theirs]),
        ];
    }

    /// <summary>Judges a call's pairs: all of them, the first half of the files against the second, or a single pair that changes with every call.</summary>
    private static async Task<int> Ask(IVerdictGrain grain, ImageFile[] files, int pairs, int call)
    {
        if (pairs == Batch)
            return (await grain.JudgeAll([.. files], _all, VerdictTerms.Default, CancellationToken.None)).Count(answer => answer.Verdict is not null);
        await grain.Judge(files[call % Batch], files[Batch + (call % Batch)], VerdictTerms.Default, CancellationToken.None);
        return 1;
    }
}
