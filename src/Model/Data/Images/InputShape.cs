namespace Siamese.Model.Data.Images;

/// <summary>Input of an encoder: grey images of this size. Colour is converted to grey, and any size is resized to it.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct InputShape(int Height, int Width)
{
    /// <summary>MNIST's 28×28.</summary>
    public static readonly InputShape Digits = new(28, 28);

    /// <summary>Number of pixels in one image.</summary>
    public int Pixels => Height * Width;
}
