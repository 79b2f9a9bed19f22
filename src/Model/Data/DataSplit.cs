namespace Siamese.Model.Data;

/// <summary>The images of training, validation or test.</summary>
/// <param name="Images">The images.</param>
/// <param name="GivenPairs">The pairs that are known, where the data is a CSV of pairs; null where the labels say of any two images what they are.</param>
public sealed record DataSplit(ImageSet Images, ImagePair[]? GivenPairs = null);
