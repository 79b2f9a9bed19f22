namespace Siamese.Contracts.Evaluations;

/// <summary>Which images of a data set an ensemble is evaluated on.</summary>
[GenerateSerializer, Alias("siamese.ImageChoice")]
public enum ImageChoice
{
    /// <summary>Those that are test images when the data is trained on.</summary>
    Test,

    /// <summary>Every image.</summary>
    All,
}
