using BitMiracle.LibTiff.Classic;
using Siamese.Contracts;

namespace Siamese.Model.Data.Images;

/// <summary>Reads the first page of a TIFF, upright, with at most 8 bits per channel.</summary>
internal static class TiffReader
{
    static TiffReader() => Tiff.SetErrorHandler(new Silent());

    /// <summary>Whether the file starts like a TIFF of either byte order, or a BigTIFF.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> file) => file is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];

    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="inColour">Whether to keep the colours.</param>
    /// <exception cref="BadInputException">The file is too large according to its header, damaged, truncated or of a kind that cannot be decoded.</exception>
    public static Picture Read(ReadOnlySpan<byte> file, string name, bool inColour)
    {
        if (!TiffHeader.IsSound(file, name))
            throw Damaged(name);
        try
        {
            using var stream = new MemoryStream(file.ToArray(), writable: false);
            using var tiff = Tiff.ClientOpen(name, "r", stream, new TiffStream()) ?? throw Damaged(name);
            var (width, height) = (Number(tiff, TiffTag.IMAGEWIDTH), Number(tiff, TiffTag.IMAGELENGTH));
            ImageLimits.Check(width, height, name);
            var raster = new int[width * height];
            return tiff.ReadRGBAImageOriented(width, height, raster, BitMiracle.LibTiff.Classic.Orientation.TOPLEFT, stopOnError: true)
                ? Transparency.Composite(width, height, Colours(raster), isOpaque: false, inColour)
                : throw Damaged(name);
        }
        catch (Exception e) when (e is not (BadInputException or OutOfMemoryException))
        {
            // The library throws whatever a damaged file makes it stumble over.
            throw Damaged(name, e);
        }
    }

    private static int Number(Tiff tiff, TiffTag tag) => tiff.GetField(tag) is [var value, ..] ? value.ToInt() : 0;

    /// <summary>RGBA values without premultiplied opacity, red in the low byte.</summary>
    private static uint[] Colours(int[] raster) => Array.ConvertAll(raster, value =>
    {
        var (colour, alpha) = ((uint)value, (uint)value >> 24);
        return alpha is 0 or byte.MaxValue ? colour : Unpremultiplied(colour, alpha);
    });

    private static uint Unpremultiplied(uint colour, uint alpha)
    {
        uint Channel(int shift) => Math.Min(byte.MaxValue, ((colour >> shift & 255) * byte.MaxValue + alpha / 2) / alpha) << shift;
        return Channel(0) | Channel(8) | Channel(16) | alpha << 24;
    }

    private static BadInputException Damaged(string name, Exception? cause = null) =>
        new($"{name} is not a readable TIFF: it is damaged, truncated or compressed in an unusual way. Save it again as TIFF or PNG, or take it out.", cause!);

    /// <summary>Keeps the library from writing to the standard error output.</summary>
    private sealed class Silent : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args) { }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args) { }
    }
}
