using System.Runtime.InteropServices;
using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;

namespace Siamese.Bench.Train;

/// <summary>
/// Images, drawings or vectors per second that one core trains with each encoder, on every pair of a batch. Encoders of images of any size:
/// against a plain port of the same network, and at several input sizes as a share of the rate at which the core multiplies matrices.
/// </summary>
internal static class EncoderRates
{
    private const int Rounds = 5;
    private const int BatchSize = 120;
    private const int Classes = 10;

    /// <summary>Numbers in a vector.</summary>
    private const int VectorWidth = 512;

    /// <summary>Matrix products per measurement.</summary>
    private const int Products = 12;

    private static readonly ImageShape[] _inputs = [ImageShape.Digits, new(64, 64), new(105, 105), new(150, 220)];

    private static readonly (string Name, Func<ImageShape, double> Products)[] _encoders = [("conv", ConvEncoder.Products), ("residual", ResidualEncoder.Products)];

    public static IEnumerable<Figure> Measure(BenchOptions options, DataSplit training)
    {
        foreach (var (name, _) in _encoders)
        {
            Console.Error.WriteLine($"train: {name} against a plain port");
            var steps = options.Size(name == "conv" ? 12 : 4, smoke: 1);
            using var theirs = new PlainPort(name, BatchSize, steps);
            using var ours = new OurTraining(training, Of(name, ImageShape.Digits, BatchSize, steps), seed: 1);
            var rates = Alternation.Rates(
                options.Size(Rounds, smoke: 1), theirs.ImagesPerSecond, () => Alternation.Rate(steps * BatchSize, ours.RunEpoch));
            yield return Figure.Ratio($"train.{name}.vs_plain", rates[1], rates[0]);
        }

        foreach (var (name, products) in _encoders)
        {
            foreach (var input in options.Size(_inputs, smoke: _inputs[..1]))
            {
                foreach (var figure in OfSize(options, name, input, products))
                    yield return figure;
            }
        }

        foreach (var kind in Encoders.All.Where(kind => kind.DefaultInputSize is null))
        {
            Console.Error.WriteLine($"train: {kind.Name}");
            var size = new Hyperparameters { VectorWidth = kind.Takes is InputKinds.Vectors ? VectorWidth : null };
            var (batchSize, steps) = AboutASecond(options, kind.ItemsPerSecond(size));
            // What sweeps of pen strokes have by default; other encoders ignore it.
            var trial = Of(kind.Name, ImageShape.Digits, batchSize, steps) with { Context = true, Pooling = Pooling.Every, VectorWidth = size.VectorWidth, EmbeddingSize = kind.FixedWidth(size) ?? size.EmbeddingSize };
            using var ours = new OurTraining(Noise(kind.Input(size)), trial, seed: 1);
            var rates = Alternation.Rates(options.Size(Rounds, smoke: 1), () => Alternation.Rate(steps * batchSize, ours.RunEpoch));
            yield return Figure.Of($"train.{kind.Name}", kind.Takes switch { InputKinds.Images => "images/s", InputKinds.Strokes => "drawings/s", _ => "vectors/s" }, rates[0]);
        }
    }

    private static IEnumerable<Figure> OfSize(BenchOptions options, string name, ImageShape input, Func<ImageShape, double> products)
    {
        Console.Error.WriteLine($"train: {name} at {input}");
        var (batchSize, steps) = AboutASecond(options, Encoders.Get(name).ItemsPerSecond(Of(name, input, BatchSize, steps: 0)));
        using var ours = new OurTraining(Noise(input), Of(name, input, batchSize, steps), seed: 1);
        using var gemm = new GemmRate(options.Size(Products, smoke: 1));
        var rates = Alternation.Rates(options.Size(Rounds, smoke: 1), () => Alternation.Rate(steps * batchSize, ours.RunEpoch), gemm.Measure);
        // A forward pass, and two like it for the gradients.
        var gflop = 3 * 2 * products(input) / 1e9;
        yield return Figure.Of($"train.{name}.{input.Height}x{input.Width}", "images/s", rates[0]);
        yield return Figure.Ratio($"train.{name}.{input.Height}x{input.Width}.share_of_gemm", Array.ConvertAll(rates[0], images => images * gflop), rates[1]);
    }

    private static (int BatchSize, int Steps) AboutASecond(BenchOptions options, double itemsPerSecond)
    {
        var batchSize = Math.Clamp((int)itemsPerSecond / Classes * Classes, 2 * Classes, BatchSize);
        return (batchSize, options.Size(Math.Max(1, (int)(itemsPerSecond / batchSize)), smoke: 1));
    }

    private static Hyperparameters Of(string encoder, ImageShape input, int batchSize, int steps) => new()
    {
        Encoder = encoder,
        EmbeddingSize = Encoders.Get(encoder).FixedWidth(new()) ?? 32,
        InputSize = input.Height,
        InputWidth = input.Width,
        BatchSize = batchSize,
        Steps = steps,
        Schedule = LearningRateSchedule.Constant,
        Augment = false,
        Epochs = 1000, // More than the benchmark runs.
    };

    private static DataSplit Noise(InputShape shape)
    {
        var (pixels, random) = (new byte[2 * BatchSize * shape.Bytes], new Random(1));
        if (shape is not ImageShape)
        {
            var values = MemoryMarshal.Cast<byte, float>(pixels.AsSpan());
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextSingle();
        }
        else
        {
            random.NextBytes(pixels);
        }

        return new DataSplit(new ImageSet(shape, pixels, [.. Enumerable.Range(0, 2 * BatchSize).Select(i => i % Classes)]));
    }
}
