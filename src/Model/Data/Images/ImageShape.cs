using Siamese.Contracts.Tuning;

namespace Siamese.Model.Data.Images;

/// <summary>Input of an encoder, and how images of any size and colour become it.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 for grey values, 3 for red, green and blue.</param>
/// <param name="Fit">How other sizes are fitted.</param>
public readonly record struct InputShape(int Height, int Width, int Channels = 1, Fit Fit = Fit.Stretch)
{
    /// <summary>MNIST's 28×28.</summary>
    public static readonly InputShape Digits = new(28, 28);

    /// <summary>Number of pixels in one channel.</summary>
    public int Area => Height * Width;

    /// <summary>Number of bytes in one image, one for each pixel and channel.</summary>
    public int Bytes => Channels * Area;

    /// <summary>As in `28×28` or `48×96, rgb, pad`.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Height}×{Width}{(Channels == 1 ? "" : ", rgb")}{(Fit is Fit.Stretch ? "" : $", {Words.Of(Fit)}")}");
}
