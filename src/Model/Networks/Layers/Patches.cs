namespace Siamese.Model.Networks.Layers;

/// <summary>
/// The input patch of each output of the article's convolution (5×5, stride 3, padding 2, on 28×28), as a matrix of an image's
/// 100 patches by 25 taps, plus a column of ones for the bias. Results are valid until the next image.
/// </summary>
internal sealed class Patches
{
    /// <summary>Side of a patch.</summary>
    public const int Kernel = 5;

    /// <summary>Index of the bias tap, which follows the 25 pixels.</summary>
    public const int BiasColumn = Kernel * Kernel;

    /// <summary>Columns of <see cref="ByPixel"/>, padded with six zeros to the tile width of <see cref="WideProduct"/>.</summary>
    public const int Columns = WideProduct.TileColumns;

    /// <summary>Patches in a row of an image.</summary>
    public const int Side = 10;

    /// <summary>Patches in an image.</summary>
    public const int Count = Side * Side;

    private const int Stride = 3;
    private const int Padding = 2;
    private const int Image = 28;
    private const int Padded = Image + (2 * Padding);

    private readonly float[] _padded = new float[Padded * Padded];
    private readonly float[] _byPixel = new float[Count * Columns];
    private readonly float[] _byTap = new float[(BiasColumn + 1) * Count];

    public Patches()
    {
        for (var patch = 0; patch < Count; patch++)
            _byPixel[(patch * Columns) + BiasColumn] = 1;
        _byTap.AsSpan(BiasColumn * Count).Fill(1);
    }

    /// <param name="images">B·28·28</param>
    /// <param name="image">Index of the image.</param>
    /// <returns>(100, 32)</returns>
    public ReadOnlySpan<float> ByPixel(ReadOnlySpan<float> images, int image)
    {
        Pad(images, image);
        for (var patch = 0; patch < Count; patch++)
        {
            var corner = (patch / Side * Stride * Padded) + (patch % Side * Stride);
            for (var line = 0; line < Kernel; line++)
                _padded.AsSpan(corner + (line * Padded), Kernel).CopyTo(_byPixel.AsSpan((patch * Columns) + (line * Kernel)));
        }

        return _byPixel;
    }

    /// <param name="images">B·28·28</param>
    /// <param name="image">Index of the image.</param>
    /// <returns>(26, 100)</returns>
    public ReadOnlySpan<float> ByTap(ReadOnlySpan<float> images, int image)
    {
        Pad(images, image);
        for (var tap = 0; tap < BiasColumn; tap++)
        {
            for (var y = 0; y < Side; y++)
            {
                var line = _padded.AsSpan((((y * Stride) + (tap / Kernel)) * Padded) + (tap % Kernel), ((Side - 1) * Stride) + 1);
                var taps = _byTap.AsSpan((tap * Count) + (y * Side), Side);
                for (var x = 0; x < Side; x++)
                    taps[x] = line[x * Stride];
            }
        }

        return _byTap;
    }

    private void Pad(ReadOnlySpan<float> images, int image)
    {
        for (var y = 0; y < Image; y++)
            images.Slice((image * Image * Image) + (y * Image), Image).CopyTo(_padded.AsSpan(((y + Padding) * Padded) + Padding));
    }
}
