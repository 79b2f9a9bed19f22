using Siamese.Bench.Reports;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Training;

namespace Siamese.Bench.Train;

/// <summary>
/// What checkpoints cost: two concurrent trials without checkpoints against two that take one every 3 s and write it while
/// training continues. Uses the article's network, because its checkpoint of 13 MB is the larger one.
/// </summary>
internal static class CheckpointCost
{
    private const int Rounds = 5;
    private const int Trials = 2;
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(3);

    private static readonly Hyperparameters _article = new()
    {
        Encoder = "article",
        EmbeddingSize = 2,
        Pairing = Pairing.Listed,
        Pairs = 8000,
        BatchSize = 64,
        Epochs = 4,
    };

    /// <summary>The cost as a share of training time; below 0 if noise exceeds it.</summary>
    public static Figure Measure(BenchOptions options, DataSet data)
    {
        var point = options.Size(_article, smoke: _article with { Pairs = 256, Epochs = 1 });
        var every = options.Size(_every, smoke: TimeSpan.Zero);
        Console.Error.WriteLine("train: two trials, without and with checkpoints");
        var rates = Alternation.Rates(options.Size(Rounds, smoke: 1), () => Rate(point, data, every: null), () => Rate(point, data, every));
        return Figure.Of("train.checkpoint_cost", "ratio", rates[0].Zip(rates[1], (without, with) => 1 - (with / without)));
    }

    private static double Rate(Hyperparameters point, DataSet data, TimeSpan? every) => Alternation.Rate(Trials, () =>
    {
        var threads = Enumerable.Range(1, Trials).Select(seed => new Thread(() => Train(point, data, seed, every))).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    });

    private static void Train(Hyperparameters point, DataSet data, int seed, TimeSpan? every)
    {
        var spec = new TrialSpec
        {
            Hyperparameters = point,
            DataFingerprint = data.Fingerprint,
            Shard = 0,
            Shards = 1,
            Seed = seed,
            CodeVersion = CodeVersion.Current,
        };
        using var checkpoints = every is { } pause ? new WrittenCheckpoints(pause) : null;
        new Trainer(spec, data, TimeProvider.System).Train(_ => { }, from: null, checkpoints, CancellationToken.None);
    }
}
