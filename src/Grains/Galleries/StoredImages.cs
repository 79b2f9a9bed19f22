using System.Collections.Immutable;
using System.Text;

namespace Siamese.Grains.Galleries;

/// <summary>A blob of a lot's images: the files as they were sent, one after the other.</summary>
internal static class StoredImages
{
    private const string Kind = "siamese.images";

    /// <param name="lot">Makes the blob unique to the lot.</param>
    /// <param name="references">Who they show, so that a lot with other names has another blob.</param>
    /// <param name="images">The files.</param>
    public static byte[] Write(string lot, IEnumerable<string> references, IReadOnlyList<ImmutableArray<byte>> images)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Kind);
        writer.Write(lot);
        writer.Write(images.Count);
        foreach (var name in references)
            writer.Write(name);
        foreach (var image in images)
            writer.Write(image.Length);
        foreach (var image in images)
            writer.Write(image.AsSpan());
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The blob holds something else.</exception>
    public static ImmutableArray<byte>[] Read(byte[] blob)
    {
        using var reader = new BinaryReader(new MemoryStream(blob), Encoding.UTF8);
        try
        {
            if (reader.ReadString() != Kind)
                throw new InvalidDataException("A blob that should hold a gallery's images holds something else.");
            reader.ReadString();
            var count = reader.ReadInt32();
            for (var i = 0; i < count; i++)
                reader.ReadString();
            var lengths = new int[count];
            for (var i = 0; i < count; i++)
                lengths[i] = reader.ReadInt32();
            return Array.ConvertAll(lengths, length => ImmutableArray.Create(reader.ReadBytes(length)));
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException("A blob that should hold a gallery's images ends too soon.", e);
        }
    }
}
