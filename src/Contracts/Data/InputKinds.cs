namespace Siamese.Contracts.Data;

/// <summary>What the items of a data set are: what an encoder can be trained on.</summary>
[Flags]
public enum InputKinds
{
    /// <summary>Images.</summary>
    Images = 1,

    /// <summary>The movements of a pen.</summary>
    Strokes = 2,

    /// <summary>Every item is there as an image and as the movements of the pen that drew it.</summary>
    Both = Images | Strokes,

    /// <summary>Vectors of numbers: features that were computed before.</summary>
    Vectors = 4,
}
