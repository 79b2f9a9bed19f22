namespace Siamese.Model.Data;

/// <summary>The split that an image belongs to.</summary>
internal enum Part
{
    Training,
    Validation,
    Test,

    /// <summary>In no split, such as a training image that is also a test image.</summary>
    None,
}
