using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Tests.Training;

public sealed class ForgeryTrainingTests
{
    [Theory]
    [InlineData("contrastive", "all")]
    [InlineData("triplet", "batch-hard")]
    [InlineData("nt-xent", null)]
    public void An_encoder_learns_to_tell_forgeries_from_genuine_images(string loss, string? mining)
    {
        var trial = new Hyperparameters
        {
            Loss = loss,
            Distance = loss == "nt-xent" ? "cosine" : "euclidean",
            Margin = loss == "nt-xent" ? null : 1,
            Temperature = loss == "nt-xent" ? 0.1 : null,
            Mining = mining,
            Augment = false,
            BatchSize = 80,
            EmbeddingSize = 8,
            Epochs = 2,
        };
        var data = SomeTrials.WithForgeries();

        Assert.InRange(SomeTrials.Train(trial, data).Result.Validation!.Eer, 0, 0.2);
        Assert.InRange(SomeTrials.Train(trial, data with { Training = new DataSplit(data.Training.Images) }).Result.Validation!.Eer, 0.3, 1);
    }
}
