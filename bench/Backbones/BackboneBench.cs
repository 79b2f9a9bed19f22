using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Siamese.Backbones;
using Siamese.Bench.Reports;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Grains.Backbones;
using Siamese.Model.Data;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;
using Siamese.Testing.Networks;
using SkiaSharp;

namespace Siamese.Bench.Backbones;

/// <summary>
/// The features of a folder of photographs: computed by one silo, against a plain loop over ONNX Runtime that decodes and
/// enlarges an image and runs the network on it; and taken from the store.
/// </summary>
internal static class BackboneBench
{
    private const int Classes = 10, Side = 256;

    public static IEnumerable<Figure> Run(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("siamese-bench-");
        try
        {
            var network = options.Network?.FullName ?? Path.Combine(folder.FullName, "small.onnx");
            if (options.Network is null)
                File.WriteAllBytes(network, new SmallNetwork { Sizes = [1, 3, 224, 224] }.Write());
            var backbone = new OnnxBackbones().Load(network, new BackboneSettings { Name = "bench" });
            string[] files = [.. Enumerable.Range(0, options.Size(200, smoke: 60)).Select(i => Write(Path.Combine(folder.FullName, "images"), i))];
            var (plain, first, again) = (new List<double>(), new List<double>(), new List<double>());
            using var session = new InferenceSession(network);
            for (var round = 0; round < options.Size(3, smoke: 1); round++)
            {
                Console.Error.WriteLine($"backbone: round {round + 1}");
                var features = new LocalFeatures(backbone);
                plain.Add(Rate(files, () => Plain(session, backbone.Input, files)));
                first.Add(Rate(files, () => Open(folder, features)));
                again.Add(Rate(files, () => Open(folder, features)));
            }

            return
            [
                Figure.Of("backbone.plain_per_second", "images/s", [.. plain]),
                Figure.Of("backbone.computed_per_second", "images/s", [.. first]),
                Figure.Ratio("backbone.computed_vs_plain", [.. first], [.. plain]),
                Figure.Of("backbone.stored_per_second", "images/s", [.. again]),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Rate(string[] files, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return files.Length / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Open(DirectoryInfo folder, LocalFeatures features) => DataSets.Open(
        new DataSource { Path = Path.Combine(folder.FullName, "images") }, features.Shape, CancellationToken.None, new ReadingAids(Features: features));

    /// <summary>The baseline: as in the library's examples, with its default of a thread for each core.</summary>
    private static void Plain(InferenceSession session, ImageShape input, string[] files)
    {
        var values = new float[input.Bytes];
        foreach (var file in files)
        {
            using var bitmap = SKBitmap.Decode(file);
            using var small = bitmap.Resize(new SKImageInfo(input.Width, input.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            var pixels = small.GetPixelSpan();
            for (var channel = 0; channel < 3; channel++)
            {
                for (var p = 0; p < input.Area; p++)
                    values[(channel * input.Area) + p] = ((pixels[(4 * p) + channel] / 255f) - 0.5f) / 0.25f;
            }

            using var image = OrtValue.CreateTensorValueFromMemory(values, [1, 3, input.Height, input.Width]);
            using var run = new RunOptions();
            using var outputs = session.Run(run, [session.InputNames[0]], [image], [session.OutputNames[0]]);
            if (outputs[0].GetTensorDataAsSpan<float>().IsEmpty)
                throw new InvalidOperationException("The network returned nothing.");
        }
    }

    /// <summary>A photograph of random rectangles.</summary>
    private static string Write(string folder, int number)
    {
        var random = new Random(number);
        var path = Path.Combine(folder, $"{number % Classes}", $"{number}.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(Side, Side);
        using (var canvas = new SKCanvas(bitmap))
        {
            for (var i = 0; i < 20; i++)
            {
                using var paint = new SKPaint { Color = new SKColor((uint)random.Next() | 0xff000000) };
                canvas.DrawRect(random.Next(Side), random.Next(Side), random.Next(Side), random.Next(Side), paint);
            }
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        File.WriteAllBytes(path, jpeg.ToArray());
        return path;
    }

    /// <summary>What a silo does, with its index and its store in memory.</summary>
    private sealed class LocalFeatures(IBackbone backbone) : IFeatures
    {
        private readonly MemoryIndex _index = new();
        private readonly MemoryBlobs _blobs = new();

        public BackboneShape Shape { get; } = new(new BackboneName("bench", "out", backbone.Width, new string('0', 64)));

        public void Compute(BackboneShape shape, int count, ReadItem read, byte[] features, CancellationToken cancellation) =>
            new FeatureRun(backbone, shape, "bench", _index, _blobs, TimeProvider.System).Fill(count, read, features, cancellation);
    }
}
