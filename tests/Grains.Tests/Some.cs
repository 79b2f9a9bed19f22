using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tensors;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;
using Siamese.Grains.Sweeps;
using Siamese.Grains.Trials;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Training;

namespace Siamese.Grains.Tests;

/// <summary>Data that a test needs but does not care about.</summary>
internal static class Some
{
    public static TrialSpec Spec(int seed = 1) => new()
    {
        Hyperparameters = new Hyperparameters(),
        DataFingerprint = "data",
        Shard = 0,
        Shards = 1,
        Seed = seed,
        CodeVersion = CodeVersion.Current,
    };

    public static Lease Lease(string? trace = null) => new("sweep", "trial", 1, Spec(), new DataSource { Manifest = new string('a', 64) }, Trace: trace);

    public static ImmutableArray<TrialSpec> Specs(int count) => [.. Enumerable.Range(1, count).Select(Spec)];

    /// <summary>A result without validation: it can never be a member, so a sweep of such results forms no ensemble.</summary>
    public static TrialResult Result(TrialStatus status = TrialStatus.Completed, string sweep = "", string? reason = null) =>
        new() { Status = status, Sweep = sweep, Reason = reason };

    public static EpochReport Epoch(int epoch, int epochs = 20, double seconds = 1) => new(epoch, epochs, 0.5, 0.1, seconds);

    public static Checkpoint Checkpoint(long fence, int epoch) => new(fence, epoch, 0, new string('c', 64), epoch);

    /// <summary>A checkpoint as a training thread takes it, without weights.</summary>
    public static TrainingSnapshot Snapshot(int epoch = 1, int batch = 0) => new(
        Spec(),
        new TrainingProgress([.. Enumerable.Range(1, epoch).Select(e => Epoch(e))], new EpochSums(batch, 0, 0, 0), epoch, "here"),
        [new NamedTensor("weight", [1], [epoch])]);

    public static PairMetrics Metrics(double eer = 0.1) => new(100, eer, 1, 0.95, 0.9, 0.8, 0.7);

    public static SweepRequest Request(params int[] seeds) => new()
    {
        Space = new SearchSpace(),
        Seeds = seeds.Length == 0 ? [1] : [.. seeds],
    };

    /// <summary>The plan of a sweep for a request on data.</summary>
    public static SweepPlan Plan(SweepRequest request, DataSet data) => SweepPlanning.Plan(request, data, SweepPlanning.FactsOf(request, data));

    /// <summary>A data set of blank images in two classes, with this many images of each class in each split.</summary>
    public static DataSet DataSet(int imagesOfAClass = 100) => new()
    {
        Name = "some",
        Fingerprint = "data",
        Classes = ["a", "b"],
        Training = Split(imagesOfAClass),
        Validation = Split(imagesOfAClass),
        Test = Split(imagesOfAClass),
    };

    /// <summary>A data set given as pairs instead of classes.</summary>
    public static DataSet PairDataSet()
    {
        var images = new ImageSet(ImageShape.Digits, new byte[4 * ImageShape.Digits.Bytes], [-1, -1, -1, -1]);
        var split = new DataSplit(images, [new ImagePair(0, 1, Relation.Same), new ImagePair(2, 3, Relation.Different)]);
        return DataSet() with { Name = "pairs.csv", Classes = [], Training = split, Validation = split, Test = split };
    }

    /// <summary>A pen that wanders at random, with the pen down most of the time.</summary>
    public static byte[] Strokes(StrokeShape shape, int seed)
    {
        var random = new Random(seed);
        var (values, x, y) = (new float[shape.Points * StrokeShape.Channels], 0f, 0f);
        for (var i = 0; i < shape.Points; i++)
        {
            (x, y) = (x + (random.NextSingle() / 20) - 0.025f, y + (random.NextSingle() / 20) - 0.025f);
            new[] { x, y, (float)i / (shape.Points - 1), random.Next(5) == 0 ? -1 : 1, random.NextSingle() }.CopyTo(values, i * StrokeShape.Channels);
        }

        return MemoryMarshal.AsBytes<float>(values).ToArray();
    }

    /// <summary>This many bytes, always the same for the same number.</summary>
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static DataSplit Split(int imagesOfAClass)
    {
        int[] labels = [.. Enumerable.Repeat(0, imagesOfAClass), .. Enumerable.Repeat(1, imagesOfAClass)];
        return new DataSplit(new ImageSet(ImageShape.Digits, new byte[labels.Length * ImageShape.Digits.Bytes], labels));
    }
}
