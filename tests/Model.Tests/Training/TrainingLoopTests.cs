using Siamese.Contracts.Tuning;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Randomness;
using Siamese.Model.Tests.Losses;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Training;
using Siamese.Model.Training.Batches;
using Siamese.Model.Training.Optimizers;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

public sealed class TrainingLoopTests
{
    /// <summary>Every combination, but the slow encoders only with the contrastive loss and its default distance.</summary>
    public static IEnumerable<object[]> Everything =>
        from encoder in Encoders.All
        from loss in LossKind.All
        from distance in Distance.All
        from pairing in new[] { Pairing.Batch, Pairing.Listed }
        where !loss.IsOnSimilarities || (distance.Name == loss.DefaultDistance && pairing is Pairing.Batch)
        where encoder.Name is "conv" or "article" || (loss.Name == "contrastive" && distance.Name == loss.DefaultDistance)
        select new object[] { encoder.Name, loss.Name, distance.Name, pairing };

    [Theory, MemberData(nameof(Everything))]
    public void Every_encoder_trains_with_every_loss_distance_and_pairing(string encoder, string lossName, string distanceName, Pairing pairing)
    {
        var hyperparameters = (SomeTrials.With(Encoders.Get(encoder)) with
        {
            Pairing = pairing,
            BatchSize = encoder == "koch" ? 8 : 20,
        }).With(lossName, distanceName);
        var (kind, distance) = (LossKind.Get(lossName), Distance.Of(hyperparameters));
        using var trial = new Loop(hyperparameters);
        var batches = BatchSources.For(hyperparameters, SomeTrials.Of(Encoders.InputOf(hyperparameters)).Training, kind.Create(hyperparameters, distance), trial.Random).Batches;
        var before = trial.Weights();

        var loss = trial.Run(new Some(batches.Epoch(1).Take(2))).MeanLoss;

        Assert.True(double.IsFinite(loss) && loss > 0, $"{loss}");
        var after = trial.Weights();
        Assert.All(after, weights => Assert.All(weights.Value, weight => Assert.True(float.IsFinite(weight))));
        Assert.All(after.Where(weights => weights.Key.EndsWith("weight", StringComparison.Ordinal)), weights => Assert.NotEqual(before[weights.Key], weights.Value));
    }

    [Fact]
    public void Cancellation_stops_between_two_batches()
    {
        using var trial = new Loop(SomeTrials.Short);
        using var stop = new CancellationTokenSource();
        var trained = 0;
        var batches = new Some(Enumerable.Range(1, 5).Select(number => Batch(embeddings =>
        {
            trained++;
            if (number == 3)
                stop.Cancel();
            return embeddings.square().mean();
        })));

        Assert.Throws<OperationCanceledException>(() => trial.Run(batches, stop.Token));
        Assert.Equal(3, trained);
    }

    [Fact]
    public void An_epoch_stops_at_a_loss_that_is_not_a_number()
    {
        using var trial = new Loop(SomeTrials.Short);
        var trained = 0;
        var batches = new Some(Enumerable.Range(1, 5).Select(number => Batch(embeddings =>
        {
            trained++;
            return embeddings.mean() * (number == 2 ? float.NaN : 1);
        })));

        Assert.Equal(double.NaN, trial.Run(batches).MeanLoss);
        Assert.Equal(2, trained);
    }

    [Fact]
    public void The_loss_of_an_epoch_is_the_mean_of_its_batches_and_their_pairs_are_summed()
    {
        using var trial = new Loop(SomeTrials.Short);
        var sums = trial.Run(new Some(new[] { 1f, 2, 6 }.Select(value => Batch(embeddings => embeddings.sum() * 0 + value))));
        Assert.Equal((3, 3.0), (sums.Batches, sums.MeanLoss));
        Assert.Equal((30, 90), (sums.Positives, sums.Negatives));
    }

    [Fact]
    public void Adams_steps_follow_the_learning_rate_of_the_schedule()
    {
        // With a constant gradient each Adam step is the learning rate itself; a bias added to the loss has such a gradient.
        var hyperparameters = SomeTrials.Short with { LearningRate = 0.01, Epochs = 1 };
        using var trial = new Loop(hyperparameters);
        var before = trial.Weights()["fc.bias"];
        trial.Run(new Some(Enumerable.Range(0, 4).Select(_ => Batch(embeddings => embeddings.sum())).ToArray()));
        var expected = Enumerable.Range(0, 4).Sum(step => LearningRates.At(LearningRateSchedule.Cosine, 0.01, step / 4.0));
        Assert.Equal(before.Select(weight => weight - expected), trial.Weights()["fc.bias"].Select(weight => (double)weight), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    private static TrainingBatch Batch(Func<torch.Tensor, torch.Tensor> loss) => new([0, 1, 2, 3], loss, Positives: 10, Negatives: 30);

    private sealed class Some(IEnumerable<TrainingBatch> batches) : IBatchSource
    {
        public int Count { get; } = batches is TrainingBatch[] all ? all.Length : 5;

        public IEnumerable<TrainingBatch> Epoch(int epoch) => batches;
    }

    /// <summary>The parts of a trial other than its batches.</summary>
    private sealed class Loop : IDisposable
    {
        private readonly Hyperparameters _hyperparameters;
        private readonly Encoder _encoder;

        public Loop(Hyperparameters hyperparameters)
        {
            torch.set_num_threads(1); // As in a trial; it also keeps parallel tests out of each other's way.
            _hyperparameters = hyperparameters;
            _encoder = Encoders.Create(hyperparameters);
            Random.Begin(0, 0);
            _encoder.Initialize(Random.Tensors);
        }

        public TrialRandom Random { get; } = new(1);

        public EpochSums Run(IBatchSource batches, CancellationToken cancellation = default)
        {
            using var loop = new TrainingLoop(_hyperparameters, _encoder, SomeTrials.Of(_encoder.Input).Training.Images, batches, Random);
            return loop.RunEpoch(1, default, _ => { }, cancellation);
        }

        public Dictionary<string, float[]> Weights() => _encoder.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.Floats());

        public void Dispose()
        {
            _encoder.Dispose();
            Random.Dispose();
        }
    }
}
