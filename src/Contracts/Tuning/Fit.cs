namespace Siamese.Contracts.Tuning;

/// <summary>How an image is made to fit an encoder's input.</summary>
public enum Fit
{
    /// <summary>Height and width are stretched independently.</summary>
    Stretch,

    /// <summary>The ratio of height and width is kept, and the rest is filled with the colour of the background.</summary>
    Pad,

    /// <summary>The image is cropped to the bounding box of its ink, and then fitted like <see cref="Pad"/>.</summary>
    Ink,
}
