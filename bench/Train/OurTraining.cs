using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Randomness;
using Siamese.Model.Training;
using Siamese.Model.Training.Batches;

namespace Siamese.Bench.Train;

/// <summary>The product's own training loop, on the article's task or another, without validation.</summary>
internal sealed class OurTraining : IDisposable
{
    private readonly TrialRandom _random;
    private readonly Encoder _encoder;
    private readonly TrainingLoop _loop;
    private int _epoch;

    public OurTraining(DataSplit training, int batchSize, int batches, int seed) : this(training, Article(batchSize, batches * batchSize), seed)
    {
    }

    public OurTraining(DataSplit training, Hyperparameters hyperparameters, int seed)
    {
        _random = new TrialRandom(seed);
        _random.Begin(0, 0);
        _encoder = Encoders.Create(hyperparameters);
        _encoder.Initialize(_random.Tensors);
        var loss = LossKind.Get(hyperparameters.Loss).Create(hyperparameters, Distance.Get(hyperparameters.Distance));
        var (images, source) = BatchSources.For(hyperparameters, training, loss, _random);
        _loop = new TrainingLoop(hyperparameters, _encoder, images, source, _random);
    }

    public void RunEpoch() => _loop.RunEpoch(++_epoch, default, _ => { }, CancellationToken.None);

    public void Dispose()
    {
        _loop.Dispose();
        _encoder.Dispose();
        _random.Dispose();
    }

    private static Hyperparameters Article(int batchSize, int pairs) => new()
    {
        Encoder = "article",
        EmbeddingSize = 2,
        Margin = 2,
        Pairing = Pairing.Listed,
        Pairs = pairs,
        BatchSize = batchSize,
        Balance = 0.5,
        LearningRate = 5e-4,
        Schedule = LearningRateSchedule.Constant,
        Augment = false,
        Epochs = 1000, // More than the benchmark runs.
    };
}
