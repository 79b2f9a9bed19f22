using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Siamese.Contracts;
using Siamese.Contracts.Backbones;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Backbones;
using Siamese.Grains.Data;
using Siamese.Model.Data.Backbones;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;

namespace Siamese.Grains.Verdicts;

/// <summary>Decodes the images of verdicts, on the verdict threads.</summary>
internal sealed class ImageDecoding(VerdictThreads threads, LoadedBackbones backbones)
{
    /// <summary>Maximum number of images that a thread decodes in one go: a few tenths of a millisecond for digits.</summary>
    private const int LotSize = 16;

    /// <summary>Maximum bytes of files that it decodes in one go, but at least one file: new work waits for this many.</summary>
    private const int LotBytes = 64 * 1024;

    /// <summary>
    /// Decodes every image once for each distinct shape. An image that cannot be read in one of them gets a problem in all, so
    /// that every shape has the same rows.
    /// </summary>
    public async Task<Dictionary<InputShape, DecodedImages>> Decode(ImmutableArray<ImageFile> files, IEnumerable<InputShape> shapes, CancellationToken cancellation)
    {
        var problems = new string?[files.Length];
        var pixels = new Dictionary<InputShape, byte[]?[]>();
        var lots = Lots(files).ToArray();
        foreach (var shape in shapes.Distinct())
            pixels.Add(shape, await Decode(files, shape is BackboneShape ? Singles(files.Length) : lots, shape, problems, cancellation));
        return pixels.ToDictionary(
            ofShape => ofShape.Key,
            ofShape => DecodedImages.Of([.. ofShape.Value.Zip(problems, (image, problem) => problem is null ? image : null)], problems));
    }

    /// <summary>Decodes every image to the shape of an encoder's input. An image that cannot be read gets a problem instead.</summary>
    public async Task<DecodedImages> Decode(ImmutableArray<ImageFile> files, InputShape input, CancellationToken cancellation) =>
        (await Decode(files, [input], cancellation))[input];

    /// <summary>The pixels of each image; null, and a problem, for one that cannot be read.</summary>
    private async Task<byte[]?[]> Decode(
        ImmutableArray<ImageFile> files, IReadOnlyCollection<(int Start, int Count, bool IsLarge)> lots, InputShape input, string?[] problems, CancellationToken cancellation)
    {
        var pixels = new byte[]?[files.Length];
        var turn = Turns.ToDecode(files.Length);
        await Task.WhenAll(lots.Select(lot => threads.RunEach(lot.IsLarge ? Turn.DecodeLarge : turn, lot.Start, lot.Count, Decode, cancellation)));
        return pixels;

        void Decode(int i)
        {
            try
            {
                pixels[i] = Read(files[i], input);
            }
            catch (Exception e) when (e is BadInputException or InsufficientMemoryException)
            {
                problems[i] = e.Message;
            }
        }
    }

    /// <summary>Splits the files of a call into lots, in their order. An image of many megapixels is a lot of its own.</summary>
    internal static IEnumerable<(int Start, int Count, bool IsLarge)> Lots(ImmutableArray<ImageFile> files)
    {
        for (var start = 0; start < files.Length;)
        {
            var (count, bytes) = (0, 0L);
            if (!IsLarge(files[start]))
            {
                do
                    bytes += files[start + count++].Bytes.Length;
                while (count < LotSize && start + count < files.Length && bytes + files[start + count].Bytes.Length <= LotBytes && !IsLarge(files[start + count]));
            }

            yield return (start, Math.Max(1, count), count == 0);
            start += Math.Max(1, count);
        }
    }

    /// <summary>A lot for each file: a backbone takes tens of milliseconds for an image, and the two of a pair are computed side by side.</summary>
    private static (int Start, int Count, bool IsLarge)[] Singles(int count) => [.. Enumerable.Range(0, count).Select(file => (file, 1, false))];

    private static bool IsLarge(ImageFile file) => file.Bytes.Length <= ImageFile.MaximumBytes && ImageReader.IsLarge(file.Bytes.AsSpan());

    /// <summary>What an image is there as.</summary>
    public static InputKinds KindsOf(ImageFile file) =>
        ItemReader.KindOf(file.Bytes.AsSpan()) | (StrokesOf(file) is null ? default : InputKinds.Strokes);

    /// <summary>The pen strokes beside an image; null if what lies there is something else, such as a caption.</summary>
    private static ImageFile? StrokesOf(ImageFile file) =>
        file.Strokes is { } strokes && ItemReader.KindOf(strokes.Bytes.AsSpan()) is InputKinds.Strokes ? strokes : null;

    /// <summary>A file without what lies beside it, if that is not pen strokes.</summary>
    public static ImageFile Known(ImageFile file) => file with { Strokes = StrokesOf(file) };

    /// <exception cref="BadInputException">It is not in the store, or this silo cannot get it or run it.</exception>
    private IBackbone Backbone(BackboneName name)
    {
        try
        {
            return backbones.Get(name.Manifest, name.Brief);
        }
        catch (DataUnavailableException e)
        {
            // Clients do not know its type.
            throw new BadInputException(e.Message);
        }
    }

    private byte[] Read(ImageFile file, InputShape input)
    {
        if (input is BackboneShape { Name: var name })
        {
            var backbone = Backbone(name);
            var features = new byte[input.Bytes];
            backbone.Embed(Read(file, backbone.Input), MemoryMarshal.Cast<byte, float>(features.AsSpan()));
            return features;
        }

        var part = input.Kind is InputKinds.Strokes ? StrokesOf(file) ?? file : file;
        return part.Bytes.Length <= ImageFile.MaximumBytes
            ? ItemReader.Read(part.Bytes.AsSpan(), part.Name, input)
            : throw new BadInputException($"{part.Name} is larger than {ImageFile.MaximumBytes / (1024 * 1024)} MB; send a smaller image.");
    }
}

/// <summary>The images of a call, decoded for an encoder.</summary>
/// <param name="Pixels">H·W bytes for each readable image.</param>
/// <param name="Rows">For each image of the call, its index among the pixels; -1 if it could not be read.</param>
/// <param name="Problems">For each image of the call, why it could not be read, or null.</param>
internal sealed record DecodedImages(ReadOnlyMemory<byte>[] Pixels, int[] Rows, string?[] Problems)
{
    /// <param name="pixels">For each image of the call, its pixels; null if it could not be read.</param>
    /// <param name="problems">For each image of the call, why it could not be read, or null.</param>
    public static DecodedImages Of(byte[]?[] pixels, string?[] problems)
    {
        var read = 0;
        var rows = Array.ConvertAll(pixels, image => image is null ? -1 : read++);
        return new DecodedImages([.. pixels.OfType<byte[]>().Select(image => (ReadOnlyMemory<byte>)image)], rows, problems);
    }
}
