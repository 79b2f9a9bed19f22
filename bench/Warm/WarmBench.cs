using System.Collections.Immutable;
using Siamese.Bench.Reports;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Proposers;
using Siamese.Model.Checkpoints;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Bench.Warm;

/// <summary>
/// Five images each of 50 characters of Omniglot, learned from the weights of an encoder that was trained on 20 other alphabets, and
/// from random weights: the EER on other drawings of those characters after the same number of steps. These test images are used only for reporting.
/// </summary>
internal static class WarmBench
{
    private const int DonorEpochs = 10, Epochs = 10;

    /// <summary>Half of the training images, as a sweep chooses for so few.</summary>
    private const int BatchSize = 74;

    private static readonly int[] _seeds = [1, 2, 3];

    public static async IAsyncEnumerable<Figure> Run(BenchOptions options)
    {
        using var characters = OmniglotFolders.Of(options.Omniglot!);
        var many = DataSets.Open(new DataSource { Path = characters.Many, SplitBy = SplitBy.Class }, ImageShape.Digits, CancellationToken.None);
        var few = DataSets.Open(new DataSource { Path = characters.Few }, ImageShape.Digits, CancellationToken.None);
        Console.Error.WriteLine("warm: training on 20 alphabets");
        var (_, donor) = Trained.Train(options.Size(Point(("epochs", DonorEpochs))), many, seed: 1);
        var cold = options.Size(Point(("epochs", Epochs), ("batch-size", BatchSize)));
        // The trainer gets the weights themselves; their name only says that there are some.
        var warm = cold with { From = new string('0', 64), Freeze = 0 };
        yield return Figure.Of("warm.donor.test_eer", "EER", [TestEer(cold, donor.Weights!, few)]);

        var seeds = _seeds[..options.Size(_seeds.Length, smoke: 1)];
        Console.Error.WriteLine("warm: training on 50 characters");
        var (scratch, started, frozen) = (new List<Member>(), new List<Member>(), new List<Member>());
        foreach (var seed in seeds)
        {
            await Task.Run(() =>
            {
                scratch.Add(Train(cold, few, seed, donor: null));
                started.Add(Train(warm, few, seed, donor.Weights));
                frozen.Add(Train(warm with { Freeze = 2 }, few, seed, donor.Weights));
            });
        }

        foreach (var (name, members) in new[] { ("scratch", scratch), ("start", started), ("frozen2", frozen) })
        {
            yield return Figure.Of($"warm.{name}.test_eer", "EER", members.Select(member => member.TestEer));
            yield return Figure.Of($"warm.{name}.seconds", "s", members.Select(member => member.Seconds));
        }

        yield return Figure.Ratio("warm.start.vs_scratch", [.. started.Select(member => member.TestEer)], [.. scratch.Select(member => member.TestEer)]);
        yield return Figure.Ratio("warm.frozen2.vs_scratch", [.. frozen.Select(member => member.TestEer)], [.. scratch.Select(member => member.TestEer)]);
    }

    private static Hyperparameters Point(params (string Hyperparameter, int Value)[] stated) =>
        GridSearch.Expand(SearchSpace.Of([.. stated.Select(one => (one.Hyperparameter, ImmutableArray.Create<HyperparameterValue>(one.Value)))])).Points.Single();

    private static Member Train(Hyperparameters point, DataSet data, int seed, byte[]? donor)
    {
        var (_, outcome) = Trained.Train(point, data, seed, donor);
        return new Member(TestEer(point, outcome.Weights ?? throw new InvalidOperationException(outcome.Result.Reason), data), outcome.Result.Seconds);
    }

    private static double TestEer(Hyperparameters point, byte[] weights, DataSet data)
    {
        using var encoder = Encoders.Create(point);
        ModuleWeights.Load(encoder, weights);
        var pairs = EvaluationPairs.Of(data.Test);
        var distances = PairDistances.Measure(Embedding.Of(encoder, data.Test.Images), encoder.EmbeddingSize, pairs, Distance.Of(point));
        return RocCurve.Of(distances, pairs).EqualErrorRate;
    }

    private sealed record Member(double TestEer, double Seconds);
}
