using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Pairs;
using Siamese.Model.Data.Splits;

namespace Siamese.Model.Tests.Training;

/// <summary>Digits of which half have a white corner: those are the forgeries.</summary>
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
        var data = SomeTrials.Digits with { Training = Marked(SomeTrials.Digits.Training), Validation = Marked(SomeTrials.Digits.Validation) };

        Assert.InRange(SomeTrials.Train(trial, data).Result.Validation!.Eer, 0, 0.2);
        Assert.InRange(SomeTrials.Train(trial, data with { Training = new DataSplit(data.Training.Images) }).Result.Validation!.Eer, 0.3, 1);
    }

    private static DataSplit Marked(DataSplit split)
    {
        var (images, pixels) = (split.Images, (byte[])split.Images.Pixels.Clone());
        bool[] forged = [.. Enumerable.Range(0, images.Count).Select(image => image % 2 == 1)];
        for (var image = 1; image < images.Count; image += 2)
        {
            for (var row = 0; row < 5; row++)
                pixels.AsSpan((image * images.Shape.Bytes) + (row * ImageShape.Digits.Width), 5).Fill(255);
        }

        return new DataSplit(new ImageSet(images.Shape, pixels, images.Labels), ForgeryPairs.Of(images.Labels, forged), forged);
    }
}
