using System.Buffers.Binary;
using System.IO.Hashing;

namespace Siamese.Model.Data.Images;

/// <summary>A decoded image in its own size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Grey">Height·Width grey values, row by row, 0 to 255.</param>
/// <param name="IsComposited">Whether it was transparent and was put on a background.</param>
internal sealed record Picture(int Width, int Height, byte[] Grey, bool IsComposited = false)
{
    /// <summary>Its red, green and blue values, each like <see cref="Grey"/>; null if it is grey or nobody asked for them.</summary>
    public byte[][]? Colours { get; init; }

    /// <summary>A hash of its size and grey values: images with equal hashes are copies.</summary>
    public UInt128 Content()
    {
        var hash = new XxHash128();
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], Height);
        hash.Append(size);
        hash.Append(Grey);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>The values of a channel.</summary>
    /// <param name="channel">0 to 2 for red, green and blue; a grey image has the same values in each.</param>
    /// <param name="of">Number of channels, 1 or 3.</param>
    public byte[] Channel(int channel, int of) => of == 1 || Colours is null ? Grey : Colours[channel];
}
