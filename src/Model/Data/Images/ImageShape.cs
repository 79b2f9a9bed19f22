using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Inputs;

namespace Siamese.Model.Data.Images;

/// <summary>Images as an encoder takes them, and how images of any size and colour become them.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">1 for grey values, 3 for red, green and blue.</param>
/// <param name="Fit">How other sizes are fitted.</param>
public sealed record ImageShape(int Height, int Width, int Channels = 1, Fit Fit = Fit.Stretch) : InputShape
{
    /// <summary>MNIST's 28×28.</summary>
    public static readonly ImageShape Digits = new(28, 28);

    public override InputKinds Kind => InputKinds.Images;

    /// <summary>Number of pixels in one channel.</summary>
    public int Area => Height * Width;

    /// <summary>C·H·W: one byte for each pixel and channel.</summary>
    public override int Bytes => Channels * Area;

    /// <summary>As in `28×28` or `48×96, rgb, pad`.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Height}×{Width}{(Channels == 1 ? "" : ", rgb")}{(Fit is Fit.Stretch ? "" : $", {Words.Of(Fit)}")}");
}
