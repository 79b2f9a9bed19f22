using Siamese.Bench.Reports;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Networks;
using static TorchSharp.torch;

namespace Siamese.Bench.Train;

/// <summary>
/// Images per second that one core trains with each encoder, on every pair of a batch: against a plain port of the same network,
/// and at several input sizes as a share of the rate at which the core multiplies matrices.
/// </summary>
internal static class EncoderRates
{
    private const int Rounds = 5;
    private const int BatchSize = 120;
    private const int Classes = 10;

    /// <summary>Matrix products per measurement.</summary>
    private const int Products = 12;

    private static readonly ImageShape[] _inputs = [ImageShape.Digits, new(64, 64), new(105, 105), new(150, 220)];

    private static readonly (string Name, Func<nn.Module<Tensor, Tensor>> Plain, Func<ImageShape, double> Products)[] _encoders =
        [("conv", PlainEncoders.Conv, ConvEncoder.Products), ("residual", PlainEncoders.Residual, ResidualEncoder.Products)];

    public static IEnumerable<Figure> Measure(BenchOptions options, DataSplit training)
    {
        foreach (var (name, plain, _) in _encoders)
        {
            Console.Error.WriteLine($"train: {name} against a plain port");
            var steps = options.Size(name == "conv" ? 12 : 4, smoke: 1);
            using var theirs = new PlainTraining(plain(), training.Images, BatchSize, steps);
            using var ours = new OurTraining(training, Of(name, ImageShape.Digits, BatchSize, steps), seed: 1);
            var rates = Alternation.Rates(
                options.Size(Rounds, smoke: 1), () => Alternation.Rate(steps * BatchSize, theirs.RunEpoch), () => Alternation.Rate(steps * BatchSize, ours.RunEpoch));
            yield return Figure.Ratio($"train.{name}.vs_plain", rates[1], rates[0]);
        }

        foreach (var (name, _, products) in _encoders)
        {
            foreach (var input in options.Size(_inputs, smoke: _inputs[..1]))
            {
                foreach (var figure in OfSize(options, name, input, products))
                    yield return figure;
            }
        }
    }

    private static IEnumerable<Figure> OfSize(BenchOptions options, string name, ImageShape input, Func<ImageShape, double> products)
    {
        Console.Error.WriteLine($"train: {name} at {input}");
        var rate = Encoders.Get(name).ItemsPerSecond(Of(name, input, BatchSize, steps: 0));
        // About a second of work.
        var batchSize = Math.Clamp((int)rate / Classes * Classes, 2 * Classes, BatchSize);
        var steps = options.Size(Math.Max(1, (int)(rate / batchSize)), smoke: 1);
        using var ours = new OurTraining(Noise(input), Of(name, input, batchSize, steps), seed: 1);
        using var gemm = new GemmRate(options.Size(Products, smoke: 1));
        var rates = Alternation.Rates(options.Size(Rounds, smoke: 1), () => Alternation.Rate(steps * batchSize, ours.RunEpoch), gemm.Measure);
        // A forward pass, and two like it for the gradients.
        var gflop = 3 * 2 * products(input) / 1e9;
        yield return Figure.Of($"train.{name}.{input.Height}x{input.Width}", "images/s", rates[0]);
        yield return Figure.Ratio($"train.{name}.{input.Height}x{input.Width}.share_of_gemm", Array.ConvertAll(rates[0], images => images * gflop), rates[1]);
    }

    private static Hyperparameters Of(string encoder, ImageShape input, int batchSize, int steps) => new()
    {
        Encoder = encoder,
        InputSize = input.Height,
        InputWidth = input.Width,
        BatchSize = batchSize,
        Steps = steps,
        Schedule = LearningRateSchedule.Constant,
        Augment = false,
        Epochs = 1000, // More than the benchmark runs.
    };

    private static DataSplit Noise(ImageShape shape)
    {
        var pixels = new byte[2 * BatchSize * shape.Bytes];
        new Random(1).NextBytes(pixels);
        return new DataSplit(new ImageSet(shape, pixels, [.. Enumerable.Range(0, 2 * BatchSize).Select(i => i % Classes)]));
    }
}
