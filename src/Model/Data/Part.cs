namespace Siamese.Model.Data;

/// <summary>Where an image belongs.</summary>
internal enum Part
{
    Training,
    Validation,
    Test,

    /// <summary>In no split, such as a training image that is among the test images too.</summary>
    None,
}
