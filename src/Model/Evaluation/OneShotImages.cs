namespace Siamese.Model.Evaluation;

/// <summary>The images that one-shot trials are drawn from: their classes, groups and drawers.</summary>
/// <param name="Labels">The class of each image.</param>
/// <param name="GroupOfClass">The group of each class; null if the data has no groups.</param>
/// <param name="Drawers">Number of the person who drew each image; null if unknown.</param>
public sealed record OneShotImages(int[] Labels, IReadOnlyList<int>? GroupOfClass, IReadOnlyList<int>? Drawers)
{
    /// <summary>The group of an image's class; 0 if the data has no groups.</summary>
    public int GroupOf(int image) => GroupOfClass?[Labels[image]] ?? 0;
}
