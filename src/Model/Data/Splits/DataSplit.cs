using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Splits;

/// <summary>The images of training, validation or test.</summary>
/// <param name="Images">The images.</param>
/// <param name="GivenPairs">The known pairs if the data is a CSV of pairs or has forgeries; null if class labels give the relation of any two images.</param>
/// <param name="Forged">Whether each image is a forgery; null if the data does not say so.</param>
public sealed record DataSplit(ImageSet Images, ImagePair[]? GivenPairs = null, bool[]? Forged = null);
