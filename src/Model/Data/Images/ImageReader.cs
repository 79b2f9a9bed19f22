using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using SkiaSharp;

namespace Siamese.Model.Data.Images;

/// <summary>
/// Turns an image file (PNG, JPEG, WebP, GIF, TIFF, BMP or PGM) into an encoder's input. Of several pages or frames, only the
/// first counts. Data sets and verdicts both use it, so that they see the same pixels.
/// </summary>
public static class ImageReader
{
    /// <summary>A colour image is decoded to four bytes per pixel, so images above 4 megapixels are decoded one at a time.</summary>
    private const int LargePixels = 4_000_000;

    /// <summary>No image of that many pixels has fewer bytes, unless it is blank.</summary>
    private const int SmallestLarge = 200;

    private const int LongestStart = 256 * 1024;

    private static readonly byte[] _pngStart = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly Lock _large = new();

    /// <summary>
    /// Whether a file is an image that takes hundreds of megabytes and a good part of a second to decode, according to its
    /// header; only one such image is decoded at a time.
    /// </summary>
    public static bool IsLarge(ReadOnlySpan<byte> file)
    {
        if (IsPng(file))
            return (long)BinaryPrimitives.ReadUInt32BigEndian(file[16..]) * BinaryPrimitives.ReadUInt32BigEndian(file[20..]) > LargePixels;
        if (file.Length < SmallestLarge)
            return false;
        if (PgmReader.Recognizes(file))
            return file.Length > LargePixels;
        if (TiffReader.Recognizes(file))
            return IsLargeTiff(file);
        // The header is at the start, after a camera's remarks.
        using var data = SKData.CreateCopy(file[..Math.Min(file.Length, LongestStart)]);
        using var codec = SKCodec.Create(data);
        return codec is not null && (long)codec.Info.Width * codec.Info.Height > LargePixels;
    }

    /// <summary>
    /// The image as <paramref name="input"/>, C·H·W bytes. For a grey input, colour is converted to luminance by Rec. 601
    /// (0.299 R + 0.587 G + 0.114 B). Colour profiles are not applied, transparency is composited over the background
    /// that keeps the ink visible, and EXIF orientation is applied. An image of the right size keeps its bytes exactly.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="input">The target shape.</param>
    /// <exception cref="BadInputException">The file is not such an image, or is damaged, truncated, blank, or too large according to its header.</exception>
    public static byte[] Read(ReadOnlySpan<byte> file, string name, ImageShape input) => Fit(Decode(file, name, input.Channels > 1), name, input);

    /// <summary>The image in its own size.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="inColour">Whether to keep its colours.</param>
    /// <exception cref="BadInputException">As for <see cref="Read"/>.</exception>
    internal static Picture Decode(ReadOnlySpan<byte> file, string name, bool inColour)
    {
        if (file.IsEmpty)
            throw new BadInputException($"{name} is empty. Replace it or take it out.");
        var image = PgmReader.Recognizes(file) ? PgmReader.Read(file, name)
            : TiffReader.Recognizes(file) ? TiffReader.Read(file, name, inColour)
            : ReadEncoded(file, name, inColour);
        return !Blankness.IsBlank(image.Grey) ? image : throw new BadInputException(
            $"{name} is blank: all its pixels have about the same grey value. Replace it or take it out.");
    }

    /// <summary>The image as an input, C·H·W bytes.</summary>
    /// <exception cref="BadInputException">Nothing of it can be seen in that size.</exception>
    internal static byte[] Fit(Picture image, string name, ImageShape input)
    {
        var fitted = Fitting.Apply(image, input);
        return !Blankness.IsBlank(fitted) ? fitted : throw new BadInputException(
            $"{name} is blank once it is reduced to {input.Height}×{input.Width} pixels: what it shows is too small. Crop it to what it shows.");
    }

    private static Picture ReadEncoded(ReadOnlySpan<byte> file, string name, bool inColour)
    {
        CheckPngHeader(file, name);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw Unreadable(file, name);
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp))
            throw Unreadable(file, name);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        ImageLimits.Check(width, height, name);
        if ((long)width * height <= LargePixels)
            return Decode(codec, name, inColour);
        lock (_large)
        {
            // The garbage collector does not see the decoder's memory, and would let large arrays of earlier images pile up.
            var bytes = sizeof(uint) * (long)width * height;
            GC.AddMemoryPressure(bytes);
            try
            {
                return Decode(codec, name, inColour);
            }
            finally
            {
                GC.RemoveMemoryPressure(bytes);
            }
        }
    }

    private static Picture Decode(SKCodec codec, string name, bool inColour)
    {
        // No colour space: the stored values are used unchanged. Grey values need not become colours and grey again.
        var isGrey = codec.Info is { ColorType: SKColorType.Gray8, AlphaType: SKAlphaType.Opaque };
        var wanted = isGrey
            ? new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Gray8, SKAlphaType.Opaque)
            : new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(wanted))
            // Not bad input: the image is within the limits, and with 'skip-unreadable' the data would silently be another one.
            throw new InsufficientMemoryException($"{name} does not fit into the free memory; try again when less is in use.");
        var result = codec.GetPixels(wanted, bitmap.GetPixels());
        if (result == SKCodecResult.IncompleteInput)
            throw new BadInputException($"{name} is truncated: its end is missing. Replace it or take it out.");
        if (result != SKCodecResult.Success)
            throw new BadInputException($"{name} is damaged and cannot be decoded. Replace it or take it out.");
        if (isGrey)
            return Orientation.Upright(new Picture(wanted.Width, wanted.Height, bitmap.GetPixelSpan().ToArray()), codec.EncodedOrigin);
        var rgba = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        return Orientation.Upright(Transparency.Composite(wanted.Width, wanted.Height, rgba, codec.Info.AlphaType == SKAlphaType.Opaque, inColour), codec.EncodedOrigin);
    }

    private static bool IsLargeTiff(ReadOnlySpan<byte> file)
    {
        try
        {
            return TiffHeader.IsSound(file, "", out var pixels) && pixels > LargePixels;
        }
        catch (BadInputException)
        {
            // It is refused before it is decoded.
            return false;
        }
    }

    private static bool IsPng(ReadOnlySpan<byte> file) => file.Length >= 24 && file.StartsWith(_pngStart) && file[12..].StartsWith("IHDR"u8);

    private static BadInputException Unreadable(ReadOnlySpan<byte> file, string name) => new(OtherFormats.Name(file) is { } other
        ? $"{name} is {other}, which cannot be read. Convert it to PNG or JPEG, or take it out."
        : $"{name} is not a readable image: it is damaged, truncated or in an unknown format. Give a complete {DataFiles.Formats} file, or take it out.");

    /// <summary>A PNG's size is at a fixed offset; the codec would first read up to the image data.</summary>
    private static void CheckPngHeader(ReadOnlySpan<byte> file, string name)
    {
        if (!IsPng(file))
            return;
        ImageLimits.Check(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]), name);
    }
}
