using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;

namespace Siamese.Model.Data;

/// <summary>Those of a data set's images that an ensemble is evaluated on.</summary>
/// <param name="Chosen">Indices of the images, rising.</param>
/// <param name="SplitBy">The split whose test images they are; null where they are all.</param>
/// <param name="IsTrainedOn">Whether the data set is the one that the ensemble was trained on, however it is split now.</param>
public sealed record EvaluationImages(int[] Chosen, SplitBy? SplitBy, bool IsTrainedOn)
{
    /// <summary>
    /// The test images where the data was trained on, or brings test images, or is to be split in a stated way: the rest is
    /// for training, and to evaluate on it would flatter. All images else. A choice that is stated goes before.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="trainedOn">Fingerprint of the data that the ensemble was trained on.</param>
    /// <param name="stated">How the user wants it split; null where nothing was said.</param>
    /// <param name="wanted">What the user wants; null where nothing was said.</param>
    /// <exception cref="BadInputException">It was trained on with another split, or cannot be split so.</exception>
    public static EvaluationImages Choose(WholeData data, string trainedOn, SplitBy? stated, ImageChoice? wanted)
    {
        var own = data.SplitOf(trainedOn);
        if (own is { } before && stated is { } now && before != now)
        {
            throw new BadInputException(
                $"The ensemble was trained on {data.Name} split by {before.ToString().ToLowerInvariant()}, so that other test images may be training images. Leave --split-by out.");
        }

        var split = own ?? stated ?? (data.BringsTest ? Contracts.Data.SplitBy.Image : null);
        return (wanted ?? (split is null ? ImageChoice.All : ImageChoice.Test)) is ImageChoice.All
            ? new([.. Enumerable.Range(0, data.Images.Count)], null, own is not null)
            : Test(data, split ?? Contracts.Data.SplitBy.Image, own is not null);
    }

    private static EvaluationImages Test(WholeData data, SplitBy split, bool isTrainedOn) => new(data.TestImages(split), split, isTrainedOn);
}
