using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Siamese.Bench.Reports;
using Siamese.Bench.Verdict;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Tuning;
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

    /// <summary>Window of the shortest form.</summary>
    private static readonly TimeSpan _blink = TimeSpan.FromMilliseconds(100);

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        var (references, rounds) = options.Size((References, Rounds), smoke: (1000, 1));
        var (window, searches) = options.Size((_window, _searches), smoke: (_blink, _blink));
        Console.Error.WriteLine("identify: training members");
        var images = DataSets.Open(new DataSource(), ImageShape.Digits, CancellationToken.None).Test.Images;
        await using var silo = await TrainedSilo.Start(SearchSpace.Of(("epochs", [1]), ("steps", [10]), ("embedding-size", [Width])), Members);
        var grain = silo.Identifying(Members);
        await Ready(grain);
        var before = silo.ResidentMb;

        Console.Error.WriteLine($"identify: enrolling {references} images");
        yield return Figure.Of("identify.enrolled_per_second", "images/s", [references / await Seconds(() => Enroll(grain, images, references))]);
        Console.Error.WriteLine("identify: embedding them");
        yield return Figure.Of("identify.embedding_s", "s", [await Seconds(() => Ready(grain))]);
        yield return Figure.Of("identify.memory_mb", "MB", [silo.ResidentMb - before]);

        Console.Error.WriteLine("identify: querying");
        var loads = new List<Load>();
        for (var round = -1; round < rounds; round++)
        {
            var load = await Load.Measure(1, window, async call =>
            {
                // Shifted farther than any enrolled image.
                var answer = await grain.Identify(Moved(images, call * 37 % images.Count, references / images.Count), Top, null, CancellationToken.None);
                return answer.Identification!.References / references;
            });
            if (round >= 0)
                loads.Add(load);
        }

        yield return Figure.Of("identify.p50_ms", "ms", loads.Select(load => load.Median));
        if (loads.All(load => load.P99 is not null))
            yield return Figure.Of("identify.p99_ms", "ms", loads.Select(load => load.P99!.Value));
        foreach (var figure in AgainstLoop(await silo.Ensemble(Members), references, rounds, searches))
            yield return figure;
    }

    private static IEnumerable<Figure> AgainstLoop(Ensemble ensemble, int references, int rounds, TimeSpan window)
    {
        Console.Error.WriteLine("identify: against a plain loop");
        var gallery = new RandomGallery(ensemble, references);
        if (!gallery.Ours(Top).SequenceEqual(gallery.Loop(Top)))
            throw new InvalidOperationException("Our search and the plain loop find different names.");
        var (ours, loop) = (new List<double>(), new List<double>());
        for (var round = -1; round < rounds; round++)
        {
            var (asOurs, asLoop) = (PerSecond(window, () => gallery.Ours(Top)), PerSecond(window, () => gallery.Loop(Top)));
            if (round < 0)
                continue;
            ours.Add(asOurs);
            loop.Add(asLoop);
        }

        yield return Figure.Of("identify.search_ms", "ms", ours.Select(perSecond => 1000 / perSecond));
        yield return Figure.Ratio("identify.search_vs_loop", [.. ours], [.. loop]);
    }

    private static double PerSecond(TimeSpan window, Action search)
    {
        var (count, start) = (0, Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < window; count++)
            search();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task Enroll(IIdentifyGrain grain, ImageSet images, int references)
    {
        var calls = Enumerable.Range(0, references).Chunk(IIdentifyGrain.MaximumImages);
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
