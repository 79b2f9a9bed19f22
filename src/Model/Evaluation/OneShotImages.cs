namespace Siamese.Model.Evaluation;

/// <summary>What is known of the images that one-shot trials are drawn from.</summary>
/// <param name="Labels">The class of each image.</param>
/// <param name="GroupOfClass">The group of each class; null where the data has no groups.</param>
/// <param name="Drawers">Who drew each image; null where the data does not say.</param>
public sealed record OneShotImages(int[] Labels, IReadOnlyList<int>? GroupOfClass, IReadOnlyList<int>? Drawers)
{
    /// <summary>The group of an image's class; 0 where the data has none.</summary>
    public int GroupOf(int image) => GroupOfClass?[Labels[image]] ?? 0;
}
