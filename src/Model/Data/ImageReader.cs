using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using SkiaSharp;

namespace Siamese.Model.Data;

/// <summary>
/// Turns an image file (PNG, JPEG, BMP or PGM) into what an encoder takes in. Called for data sets and for verdicts
/// alike, so that both see the same pixels.
/// </summary>
public static class ImageReader
{
    /// <summary>A colour image is decoded to four bytes a pixel; those above 4 megapixels take turns.</summary>
    private const int LargePixels = 4_000_000;

    private static readonly Lock _large = new();

    /// <summary>
    /// The image's grey pixels, H·W bytes, stretched to <paramref name="input"/>. Colour becomes luminance by Rec. 601
    /// (0.299 R + 0.587 G + 0.114 B, colour profiles not applied), transparency is laid over black, and EXIF orientation
    /// is honoured. A grey image of the right size keeps its bytes exactly.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="input">The shape wanted.</param>
    /// <exception cref="BadInputException">No such image, damaged, truncated, or too large by its header.</exception>
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
            $"{name} is no readable image: damaged, truncated or of another kind. Give a whole PNG, JPEG, BMP or PGM file, or take it out.");

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
        // Premultiplied is composited over black already. No colour space: the stored values are taken as they are.
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

    /// <summary>R, G and B lie in the low three bytes. Whole numbers, so that a grey pixel keeps its value.</summary>
    private static byte Luminance(uint rgba) =>
        (byte)(((rgba & 255) * 299 + (rgba >> 8 & 255) * 587 + (rgba >> 16 & 255) * 114 + 500) / 1000);

    /// <summary>A PNG's size stands at a fixed place; the codec would read on to the image data first.</summary>
    private static void CheckPngHeader(ReadOnlySpan<byte> file, string name)
    {
        ReadOnlySpan<byte> start = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (file.Length < 24 || !file.StartsWith(start) || !file[12..].StartsWith("IHDR"u8))
            return;
        ImageLimits.Check(BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]), name);
    }
}
