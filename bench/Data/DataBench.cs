using System.Diagnostics;
using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
using SkiaSharp;

namespace Siamese.Bench.Data;

/// <summary>
/// A folder of many images in many classes: read for the first time, against a plain loop with the library's decoder and
/// resampling on as many threads; and read again, when the images come from the cache.
/// </summary>
internal static class DataBench
{
    private const int ImagesOfAClass = 10;
    private const int Seed = 1;

    private static readonly ImageShape _size = new(105, 105);

    public static IEnumerable<Figure> Run(BenchOptions options)
    {
        var classes = options.Size(10_000, smoke: 300);
        var folder = Directory.CreateTempSubdirectory("siamese-bench-");
        try
        {
            Console.Error.WriteLine($"data: writing {classes * ImagesOfAClass} images in {classes} classes");
            string[] files = [.. Enumerable.Range(0, classes).SelectMany(number => WriteClass(Path.Combine(folder.FullName, "images"), number))];
            var (decode, plain, first, again) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < options.Size(3, smoke: 1); round++)
            {
                Console.Error.WriteLine($"data: round {round + 1}");
                var cache = new ImageCache(Path.Combine(folder.FullName, $"cache-{round}"), long.MaxValue, "bench", new Later());
                decode.Add(Seconds(() => ForAll(files, bitmap => bitmap.Width)));
                plain.Add(Seconds(() => ForAll(files, Shrink)));
                first.Add(Seconds(() => Open(folder, cache)));
                again.Add(Seconds(() => Open(folder, cache)));
            }

            double[] Rates(List<double> seconds) => [.. seconds.Select(s => files.Length / s)];
            return
            [
                Figure.Of("data.decode_per_second", "images/s", Rates(decode)),
                Figure.Of("data.plain_per_second", "images/s", Rates(plain)),
                Figure.Of("data.read_per_second", "images/s", Rates(first)),
                Figure.Ratio("data.read_vs_plain", Rates(first), Rates(plain)),
                Figure.Of("data.again_s", "s", again),
                Figure.Ratio("data.again_vs_read", Rates(again), Rates(first)),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Open(DirectoryInfo folder, ImageCache cache) =>
        DataSets.Open(new DataSource { Path = Path.Combine(folder.FullName, "images"), SplitBy = SplitBy.Class }, ImageShape.Digits, CancellationToken.None, new ReadingAids(Cache: cache));

    /// <summary>The baseline: reads and decodes each file, and keeps nothing.</summary>
    private static void ForAll(string[] files, Func<SKBitmap, int> use) => Parallel.ForEach(
        files,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        file =>
        {
            using var bitmap = SKBitmap.Decode(File.ReadAllBytes(file));
            if (use(bitmap) == 0)
                throw new InvalidOperationException($"{file} was not decoded.");
        });

    /// <summary>What every trainer does with a decoded image: makes it grey and as large as the network's input.</summary>
    private static int Shrink(SKBitmap bitmap)
    {
        using var small = bitmap.Resize(
            new SKImageInfo(ImageShape.Digits.Width, ImageShape.Digits.Height, SKColorType.Gray8, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return small.GetPixelSpan().Length;
    }

    /// <summary>A class is a drawing of a few strokes; its images differ by where these begin and end.</summary>
    private static IEnumerable<string> WriteClass(string folder, int number)
    {
        var random = new Random((Seed * 1_000_003) + number);
        var strokes = Enumerable.Range(0, 4).Select(_ => (From: Point(random), To: Point(random))).ToArray();
        var own = Directory.CreateDirectory(Path.Combine(folder, $"{number:00000}"));
        for (var i = 0; i < ImagesOfAClass; i++)
        {
            using var bitmap = new SKBitmap(new SKImageInfo(_size.Width, _size.Height, SKColorType.Gray8, SKAlphaType.Opaque));
            using (var canvas = new SKCanvas(bitmap))
            using (var ink = new SKPaint { Color = SKColors.Black, StrokeWidth = 3, IsAntialias = true })
            {
                canvas.Clear(SKColors.White);
                foreach (var (from, to) in strokes)
                    canvas.DrawLine(Near(from, random), Near(to, random), ink);
            }

            var path = Path.Combine(own.FullName, $"{i}.png");
            using (var png = bitmap.Encode(SKEncodedImageFormat.Png, 100))
            using (var file = File.Create(path))
                png.SaveTo(file);
            yield return path;
        }
    }

    /// <summary>Ten seconds from now: the cache does not trust files that have just been written.</summary>
    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddSeconds(10);
    }

    private static SKPoint Point(Random random) => new(random.Next(10, _size.Width - 10), random.Next(10, _size.Height - 10));

    private static SKPoint Near(SKPoint point, Random random) => point + new SKSize(8 * (random.NextSingle() - 0.5f), 8 * (random.NextSingle() - 0.5f));
}
