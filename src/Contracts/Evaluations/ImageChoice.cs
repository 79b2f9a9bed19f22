namespace Siamese.Contracts.Evaluations;

/// <summary>Which images of a data set an ensemble is evaluated on.</summary>
[GenerateSerializer, Alias("siamese.ImageChoice")]
public enum ImageChoice
{
    /// <summary>The images that would be test images if the data were used for training.</summary>
    Test,

    /// <summary>Every image.</summary>
    All,
}
