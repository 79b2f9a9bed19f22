using System.Buffers.Binary;
using System.IO.Hashing;

namespace Siamese.Model.Data.Images;

/// <summary>A decoded grey image of any size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Height·Width bytes, row by row, 0 to 255.</param>
/// <param name="IsComposited">Whether it was transparent and was put on a background.</param>
internal sealed record GreyImage(int Width, int Height, byte[] Pixels, bool IsComposited = false)
{
    /// <summary>A hash of its size and pixels: images with equal hashes are copies.</summary>
    public UInt128 Content()
    {
        var hash = new XxHash128();
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, Width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], Height);
        hash.Append(size);
        hash.Append(Pixels);
        return hash.GetCurrentHashAsUInt128();
    }
}
