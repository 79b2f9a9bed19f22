using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Siamese.Bench.Reports;
using Siamese.Bench.Verdict;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Sweeps;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;

namespace Siamese.Bench.Identify;

/// <summary>
/// One image against 100,000 enrolled images, in an ensemble of five members of 64 dimensions, through a client's connection
/// on loopback. The images are test digits, each shifted by several numbers of pixels to get as many as needed.
/// </summary>
internal static class IdentifyBench
{
    private const int Members = 5;
    private const int Width = 64;
    private const int References = 100_000;
    private const int ImagesOfAName = 5;
    private const int CallsAtOnce = 3;
    private const int Top = 5;
    private const int Rounds = 5;
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _searches = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        Console.Error.WriteLine("identify: training members");
        var images = DataSets.Open(new DataSource(), InputShape.Digits, CancellationToken.None).Test.Images;
        await using var silo = await TrainedSilo.Start(SearchSpace.Of(("epochs", [1]), ("embedding-size", [Width])), Members);
        var grain = silo.Identifying(Members);
        await Ready(grain);
        var before = silo.ResidentMb;

        Console.Error.WriteLine($"identify: enrolling {References} images");
        yield return Figure.Of("identify.enrolled_per_second", "images/s", [References / await Seconds(() => Enroll(grain, images))]);
        Console.Error.WriteLine("identify: embedding them");
        yield return Figure.Of("identify.embedding_s", "s", [await Seconds(() => Ready(grain))]);
        yield return Figure.Of("identify.memory_mb", "MB", [silo.ResidentMb - before]);

        Console.Error.WriteLine("identify: querying");
        var rounds = new List<Load>();
        for (var round = -1; round < Rounds; round++)
        {
            var load = await Load.Measure(1, _window, async call =>
            {
                // Shifted farther than any enrolled image.
                var answer = await grain.Identify(Moved(images, call * 37 % images.Count, References / images.Count), Top, null, CancellationToken.None);
                return answer.Identification!.References / References;
            });
            if (round >= 0)
                rounds.Add(load);
        }

        yield return Figure.Of("identify.p50_ms", "ms", rounds.Select(load => load.Median));
        yield return Figure.Of("identify.p99_ms", "ms", rounds.Select(load => load.P99!.Value));
        foreach (var figure in AgainstLoop(await silo.Ensemble(Members)))
            yield return figure;
    }

    private static IEnumerable<Figure> AgainstLoop(Ensemble ensemble)
    {
        Console.Error.WriteLine("identify: against a plain loop");
        var gallery = new RandomGallery(ensemble, References);
        if (!gallery.Ours(Top).SequenceEqual(gallery.Loop(Top)))
            throw new InvalidOperationException("Our search and the plain loop find different names.");
        var (ours, loop) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var (asOurs, asLoop) = (PerSecond(() => gallery.Ours(Top)), PerSecond(() => gallery.Loop(Top)));
            if (round < 0)
                continue;
            ours.Add(asOurs);
            loop.Add(asLoop);
        }

        yield return Figure.Of("identify.search_ms", "ms", ours.Select(perSecond => 1000 / perSecond));
        yield return Figure.Ratio("identify.search_vs_loop", [.. ours], [.. loop]);
    }

    private static double PerSecond(Action search)
    {
        var (count, start) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < _searches; count++)
            search();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task Enroll(IIdentifyGrain grain, ImageSet images)
    {
        var calls = Enumerable.Range(0, References).Chunk(IIdentifyGrain.MaximumImages);
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce }, async (call, cancellation) =>
        {
            ImmutableArray<NamedImage> named = [.. call.Select(i => new NamedImage($"name {i / ImagesOfAName}", Moved(images, i % images.Count, i / images.Count)))];
            await grain.Enroll(named, wholly: true, cancellation);
        });
    }

    private static async Task Ready(IIdentifyGrain grain)
    {
        while (!(await grain.Prepare(null, CancellationToken.None)).IsReady)
        {
        }
    }

    private static async Task<double> Seconds(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A digit with its pixels rotated: those that fall off the end move to the beginning.</summary>
    private static ImageFile Moved(ImageSet images, int image, int by)
    {
        var pixels = images[image];
        return new($"{image}-{by}.pgm", [.. Encoding.ASCII.GetBytes("P5 28 28 255\n"), .. pixels[^by..], .. pixels[..^by]]);
    }
}
