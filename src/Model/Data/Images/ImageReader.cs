using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using SkiaSharp;

namespace Siamese.Model.Data.Images;

/// <summary>
/// Turns an image file (PNG, JPEG, BMP or PGM) into an encoder's input. Data sets and verdicts both use it, so that they
/// see the same pixels.
/// </summary>
public static class ImageReader
{
    /// <summary>A colour image is decoded to four bytes per pixel, so images above 4 megapixels are decoded one at a time.</summary>
    private const int LargePixels = 4_000_000;

    private static readonly Lock _large = new();

    /// <summary>
    /// The image's grey pixels, H·W bytes, stretched to <paramref name="input"/>. Colour is converted to luminance by
    /// Rec. 601 (0.299 R + 0.587 G + 0.114 B, colour profiles not applied), transparency is composited over black, and EXIF
    /// orientation is applied. A grey image of the right size keeps its bytes exactly.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="input">The target shape.</param>
    /// <exception cref="BadInputException">The file is not such an image, or is damaged, truncated, or too large according to its header.</exception>
    public static byte[] Read(ReadOnlySpan<byte> file, string name, InputShape input)
    {
        if (file.IsEmpty)
            throw new BadInputException($"{name} is empty. Replace it or take it out.");
        return Resampling.Stretch(PgmReader.Recognizes(file) ? PgmReader.Read(file, name) : ReadEncoded(file, name), input);
    }

    private static GreyImage ReadEncoded(ReadOnlySpan<byte> file, string name)
    {
        CheckPngHeader(file, name);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new BadInputException(
            $"{name} is not a readable image: it is damaged, truncated or in another format. Give a complete PNG, JPEG, BMP or PGM file, or take it out.");

        if (codec.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Bmp))
            throw new BadInputException($"{name} is a {codec.EncodedFormat} image. Convert it to PNG, JPEG, BMP or PGM.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        ImageLimits.Check(width, height, name);
        if ((long)width * height <= LargePixels)
            return Decode(codec, name);
        lock (_large)
            return Decode(codec, name);
    }

    private static GreyImage Decode(SKCodec codec, string name)
    {
        // Premultiplied alpha is already composited over black. No colour space: the stored values are used unchanged.
        var wanted = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(wanted))
            throw new BadInputException($"{name} does not fit into memory. Make it smaller first.");
        var result = codec.GetPixels(wanted, bitmap.GetPixels());
        if (result == SKCodecResult.IncompleteInput)
            throw new BadInputException($"{name} is truncated: its end is missing. Replace it or take it out.");
        if (result != SKCodecResult.Success)
            throw new BadInputException($"{name} is damaged and cannot be decoded. Replace it or take it out.");
        var colours = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
        var grey = new byte[colours.Length];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = Luminance(colours[i]);
        return Orientation.Upright(new GreyImage(wanted.Width, wanted.Height, grey), codec.EncodedOrigin);
    }

    /// <summary>R, G and B are the low three bytes. Integer arithmetic, so that a grey pixel keeps its value.</summary>
    private static byte Luminance(uint rgba) =>
        (byte)(((rgba & 255) * 299 + (rgba >> 8 & 255) * 587 + (rgba >> 16 & 255) * 114 + 500) / 1000);

    /// <summary>A PNG's size is at a fixed offset; the codec would first read up to the image data.</summary>
    private static void CheckPngHeader(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> start = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (file.Length < 24 || !file.StartsWith(start) || !file[12..].StartsWith("IHDR"u8))
            return;
        ImageLimits.Check(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]), name);
    }
}
