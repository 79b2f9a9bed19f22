using System.Collections.Immutable;
using System.Text;
using Siamese.Contracts.Ensembles;

namespace Siamese.Grains.Galleries;

/// <summary>A blob of a lot's images: the files as they were sent, one after the other, and the pen strokes of each after it if there are any.</summary>
internal static class StoredImages
{
    private const string Kind = "siamese.images";
    private const string KindWithStrokes = "siamese.drawings";

    /// <param name="lot">Makes the blob unique to the lot.</param>
    /// <param name="names">Who they show, so that a lot with other names has another blob.</param>
    /// <param name="images">The files.</param>
    public static byte[] Write(string lot, IEnumerable<string> names, IReadOnlyList<ImageFile> images)
    {
        var haveStrokes = images.Any(image => image.Strokes is not null);
        ImmutableArray<byte>[] files = [.. images.SelectMany(image => haveStrokes ? new[] { image.Bytes, image.Strokes?.Bytes ?? [] } : [image.Bytes])];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(haveStrokes ? KindWithStrokes : Kind);
        writer.Write(lot);
        writer.Write(images.Count);
        foreach (var name in names)
            writer.Write(name);
        foreach (var file in files)
            writer.Write(file.Length);
        foreach (var file in files)
            writer.Write(file.AsSpan());
        return stream.ToArray();
    }

    /// <returns>The files, each named after whom it shows.</returns>
    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static ImageFile[] Read(byte[] blob)
    {
        using var reader = new BinaryReader(new MemoryStream(blob), Encoding.UTF8);
        try
        {
            var kind = reader.ReadString();
            if (kind is not (Kind or KindWithStrokes))
                throw new InvalidDataException("A blob that should hold a gallery's images holds something else.");
            reader.ReadString();
            var names = new string[reader.ReadInt32()];
            for (var i = 0; i < names.Length; i++)
                names[i] = $"An image of {reader.ReadString()}";
            var lengths = new int[kind == Kind ? names.Length : 2 * names.Length];
            for (var i = 0; i < lengths.Length; i++)
                lengths[i] = reader.ReadInt32();
            var files = Array.ConvertAll(lengths, length => ImmutableArray.Create(reader.ReadBytes(length)));
            return kind == Kind
                ? [.. names.Zip(files, (name, file) => new ImageFile(name, file))]
                : [.. names.Zip(files.Chunk(2), (name, both) => new ImageFile(name, both[0]) { Strokes = both[1].IsEmpty ? null : new ImageFile(name, both[1]) })];
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("A blob that should hold a gallery's images ends too soon.", e);
        }
    }
}
