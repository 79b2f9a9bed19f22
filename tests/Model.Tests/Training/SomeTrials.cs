using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Pairs;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Networks;
using Siamese.Model.Sampling;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Training;

namespace Siamese.Model.Tests.Training;

/// <summary>Short trials on a slice of real digits: 300 to train on, 200 to validate with.</summary>
internal static class SomeTrials
{
    public static readonly DataSet Digits = Slice(DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None));

    private static readonly ConcurrentDictionary<InputShape, DataSet> _sizes = new() { [ImageShape.Digits] = Digits };

    /// <summary>The same digits at the input size of an encoder, or drawings with their labels.</summary>
    public static DataSet Of(InputShape shape) =>
        _sizes.GetOrAdd(shape, size => Digits with { Training = Resized(Digits.Training, size), Validation = Resized(Digits.Validation, size) });

    /// <summary>Two epochs of three batches of 40 pairs.</summary>
    public static readonly Hyperparameters Short = new()
    {
        Pairing = Pairing.Listed,
        Pairs = 120,
        BatchSize = 40,
        EmbeddingSize = 8,
        Epochs = 2,
        Mining = null,
    };

    /// <summary>The same with another encoder.</summary>
    public static Hyperparameters With(EncoderKind encoder)
    {
        var some = SomeEncoders.Of(encoder);
        return Short with
        {
            Encoder = some.Encoder,
            InputSize = some.InputSize,
            VectorWidth = some.VectorWidth,
            HiddenLayers = some.HiddenLayers,
            HiddenSize = some.HiddenSize,
            EmbeddingSize = encoder.FixedWidth(some) ?? Short.EmbeddingSize,
        };
    }

    public static TrialSpec Spec(Hyperparameters hyperparameters, int seed = 1, int shard = 0, int shards = 1) => new()
    {
        Hyperparameters = hyperparameters,
        DataFingerprint = Digits.Fingerprint,
        Shard = shard,
        Shards = shards,
        Seed = seed,
        CodeVersion = CodeVersion.Current,
    };

    public static TrainingOutcome Train(Hyperparameters hyperparameters, DataSet? data = null, Action<EpochReport>? report = null) =>
        Train(Spec(hyperparameters), data, report);

    public static TrainingOutcome Train(TrialSpec spec, DataSet? data = null, Action<EpochReport>? report = null) =>
        new Trainer(spec, data ?? Digits, TimeProvider.System).Train(report ?? (_ => { }), from: null, checkpoints: null, CancellationToken.None);

    /// <summary>The bits of every weight, without the file's metadata.</summary>
    public static string Bits(this TrainingOutcome outcome) => string.Join('\n', Safetensors.Read(outcome.Weights!).Tensors.Select(tensor =>
        $"{tensor.Name} {Convert.ToHexString(tensor.IsInteger ? MemoryMarshal.AsBytes<long>(tensor.Integers) : MemoryMarshal.AsBytes<float>(tensor.Values))}"));

    /// <summary>The same digits with shuffled labels.</summary>
    public static DataSet Mislabelled()
    {
        return Digits with { Training = Shuffled(Digits.Training, 1), Validation = Shuffled(Digits.Validation, 2) };

        static DataSplit Shuffled(DataSplit split, int seed)
        {
            var labels = (int[])split.Images.Labels.Clone();
            new Random(seed).Shuffle(labels);
            return new DataSplit(new ImageSet(split.Images.Shape, split.Images.Pixels, labels));
        }
    }

    /// <summary>The same digits as a list of pairs, 100 of each kind in each split, without labels.</summary>
    public static DataSet AsPairs()
    {
        return Digits with { Classes = [], Training = Listed(Digits.Training), Validation = Listed(Digits.Validation) };

        static DataSplit Listed(DataSplit split)
        {
            var images = new ImageSet(split.Images.Shape, split.Images.Pixels, [.. split.Images.Labels.Select(_ => -1)]);
            return new DataSplit(images, PairList.Draw(split, count: 200, balance: 0.5, new Random(1)));
        }
    }

    /// <summary>The same digits, of which every second one has a white corner: those are the forgeries.</summary>
    public static DataSet WithForgeries()
    {
        return Digits with { Training = Marked(Digits.Training), Validation = Marked(Digits.Validation) };

        static DataSplit Marked(DataSplit split)
        {
            var (images, pixels) = (split.Images, (byte[])split.Images.Pixels.Clone());
            for (var image = 1; image < images.Count; image += 2)
            {
                for (var row = 0; row < 5; row++)
                    pixels.AsSpan((image * images.Shape.Bytes) + (row * ImageShape.Digits.Width), 5).Fill(255);
            }

            bool[] forged = [.. Enumerable.Range(0, images.Count).Select(image => image % 2 == 1)];
            return new DataSplit(new ImageSet(images.Shape, pixels, images.Labels), ForgeryPairs.Of(images.Labels, forged), forged);
        }
    }

    private static DataSet Slice(DataSet all) =>
        all with { Training = First(all.Training, 300), Validation = First(all.Validation, 200) };

    /// <summary>The data with fewer validation images, for an encoder that takes long for each.</summary>
    public static DataSet WithFewValidation(this DataSet data) => data with { Validation = First(data.Validation, 50) };

    private static DataSplit Resized(DataSplit split, InputShape shape) => shape switch
    {
        StrokeShape strokes => Drawn(split, strokes),
        VectorShape vectors => Computed(split, vectors),
        _ => Resized(split, (ImageShape)shape),
    };

    /// <summary>A vector for each digit, near that of its class.</summary>
    private static DataSplit Computed(DataSplit split, VectorShape shape)
    {
        var random = new Random(1);
        var values = new List<float>();
        foreach (var label in split.Images.Labels)
        {
            for (var i = 0; i < shape.Width; i++)
                values.Add((float)(Math.Sin((label + 1) * (i + 1)) + (4 * (random.NextDouble() - 0.5)) + i));
        }

        return new DataSplit(new ImageSet(shape, MemoryMarshal.AsBytes<float>(values.ToArray()).ToArray(), split.Images.Labels));
    }

    /// <summary>A loop for each digit, whose shape is that of its class but for a little noise.</summary>
    private static DataSplit Drawn(DataSplit split, StrokeShape shape)
    {
        var random = new Random(1);
        var values = new List<float>();
        foreach (var label in split.Images.Labels)
        {
            double Noise() => 0.2 * random.NextDouble();
            var (turns, height, shift) = (1 + (label % 3) + Noise(), 0.2 + (0.1 * (label / 3)) + Noise(), Noise());
            for (var i = 0; i < shape.Points; i++)
            {
                var time = (double)i / (shape.Points - 1);
                var angle = 2 * Math.PI * ((turns * time) + shift);
                values.AddRange([(float)(0.5 * Math.Cos(angle)), (float)(height * Math.Sin(2 * angle)), (float)time, i % 20 == 10 ? -1 : 1, (float)Noise()]);
            }
        }

        return new DataSplit(new ImageSet(shape, MemoryMarshal.AsBytes<float>(values.ToArray()).ToArray(), split.Images.Labels));
    }

    /// <summary>As the reader fits each digit when it reads the data for that input, but without the 12,000 others.</summary>
    private static DataSplit Resized(DataSplit split, ImageShape size) => new(new ImageSet(
        size,
        [.. Enumerable.Range(0, split.Images.Count).SelectMany(i => Fitting.Apply(new Picture(ImageShape.Digits.Width, ImageShape.Digits.Height, split.Images[i].ToArray()), size))],
        split.Images.Labels));

    private static DataSplit First(DataSplit split, int count) => new(split.Images.Select([.. Enumerable.Range(0, count)]));
}
