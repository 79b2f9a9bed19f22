using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Losses;
using Siamese.Model.Networks;
using Siamese.Model.Randomness;
using Siamese.Model.Training;
using Siamese.Model.Training.Batches;
using TorchSharp;

namespace Siamese.Model.Tests.Training;

public sealed class FusedTrainingTests
{
    private static readonly Hyperparameters _hyperparameters = new()
    {
        Encoder = "article",
        EmbeddingSize = 8,
        Pairing = Pairing.Batch,
        BatchSize = 30,
        Steps = 110,
        LearningRate = 5e-4,
        Augment = false,
        Epochs = 3,
    };

    [Fact]
    public void Short_fused_training_of_the_articles_network_reaches_the_error_of_its_layers()
    {
        torch.set_num_threads(1);
        var data = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
        var (fused, layers) = (Eer(data, byLayers: false), Eer(data, byLayers: true));
        Assert.InRange(layers, 0.01, 0.3); // It learnt something: chance is 0.5.
        Assert.InRange(fused, layers - 0.02, layers + 0.02);
    }

    private static double Eer(DataSet data, bool byLayers)
    {
        using var random = new TrialRandom(1);
        using var encoder = new ArticleEncoder(_hyperparameters.EmbeddingSize) { ByLayers = byLayers };
        random.Begin(0, 0);
        encoder.Initialize(random.Tensors);
        var distance = new EuclideanDistance();
        var batches = BatchSources.For(_hyperparameters, data.Training, new ContrastiveLoss(distance, 2, 0.5), random).Batches;
        using var loop = new TrainingLoop(_hyperparameters, encoder, data.Training.Images, batches, random);
        for (var epoch = 1; epoch <= _hyperparameters.Epochs; epoch++)
            loop.RunEpoch(epoch, default, _ => { }, CancellationToken.None);
        var pairs = EvaluationPairs.Of(data.Validation, 20_000);
        var embeddings = Embedding.Of(encoder, data.Validation.Images);
        return RocCurve.Of(PairDistances.Measure(embeddings, encoder.EmbeddingSize, pairs, distance), pairs).EqualErrorRate;
    }
}
