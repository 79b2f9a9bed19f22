using Siamese.Contracts.Exchange;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Exchange;

/// <summary>A file of an export: a blob of the store, or bytes made for it.</summary>
/// <param name="File">Path, length and hash.</param>
/// <param name="Bytes">Its content; null if it is a blob, whose name is its hash.</param>
internal sealed record PackedFile(ExportedFile File, byte[]? Bytes)
{
    /// <summary>Joins its content from several blobs; null if it is one.</summary>
    public Func<CancellationToken, Task<byte[]>>? Join { get; init; }

    public static PackedFile Of(string path, byte[] bytes) => new(new ExportedFile(path, bytes.Length, ContentName.Of(bytes)), bytes);
}
