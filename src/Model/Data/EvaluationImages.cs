using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Data;

/// <summary>The images of a data set that an ensemble is evaluated on.</summary>
/// <param name="Chosen">Indices of the images, ascending.</param>
/// <param name="SplitBy">The split whose test images they are; null if they are all images.</param>
/// <param name="IsTrainedOn">Whether the ensemble was trained on this data set, whatever its split now.</param>
public sealed record EvaluationImages(int[] Chosen, SplitBy? SplitBy, bool IsTrainedOn)
{
    /// <summary>
    /// Chooses the test images if the ensemble was trained on this data, if the data has its own test images, or if the user
    /// states a split: the other images are for training, and evaluating on them would flatter the ensemble. Otherwise
    /// chooses all images. The user's own choice takes precedence.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="trainedOn">Fingerprint of the data that the ensemble was trained on.</param>
    /// <param name="stated">The split that the user stated, or null.</param>
    /// <param name="wanted">The images that the user asked for, or null.</param>
    /// <exception cref="BadInputException">The ensemble was trained with another split, or the data cannot be split this way.</exception>
    public static EvaluationImages Choose(WholeData data, string trainedOn, SplitBy? stated, ImageChoice? wanted)
    {
        var own = data.SplitOf(trainedOn);
        if (own is { } before && stated is { } now && before != now)
        {
            throw new BadInputException(
                $"The ensemble was trained on {data.Name} split by {before.ToString().ToLowerInvariant()}, so the test images of another split may be training images. Leave 'split-by' out.");
        }

        var split = own ?? stated ?? (data.BringsTest ? Contracts.Data.SplitBy.Image : null);
        return (wanted ?? (split is null ? ImageChoice.All : ImageChoice.Test)) is ImageChoice.All
            ? new([.. Enumerable.Range(0, data.Images.Count)], null, own is not null)
            : Test(data, split ?? Contracts.Data.SplitBy.Image, own is not null);
    }

    private static EvaluationImages Test(WholeData data, SplitBy split, bool isTrainedOn) => new(data.TestImages(split), split, isTrainedOn);
}
