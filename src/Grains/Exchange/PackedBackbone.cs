using Siamese.Contracts.Data;
using Siamese.Contracts.Exchange;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Exchange;

/// <summary>A backbone in the store: pieces, which are joined to files when they are read.</summary>
/// <param name="name">Name of its manifest.</param>
/// <param name="manifest">Its files and pieces.</param>
/// <param name="blobs">Has the pieces.</param>
internal sealed class PackedBackbone(string name, DataManifest manifest, IBlobStore blobs)
{
    /// <summary>Reads the list of a backbone's files.</summary>
    /// <exception cref="BlobException">It is not in the store.</exception>
    /// <exception cref="InvalidDataException">It is not such a list.</exception>
    public static async Task<PackedBackbone> Read(string name, IBlobStore blobs, CancellationToken cancellation) =>
        new(name, DataManifest.Read(await blobs.Get(name, cancellation)), blobs);

    /// <summary>Its files as those of an export.</summary>
    public IEnumerable<PackedFile> Files => manifest.Files.Select(file =>
        new PackedFile(new ExportedFile($"{BackbonePaths.FolderOf(name)}/{file.Path}", file.Length, file.Sha256), Bytes: null) { Join = cancellation => Join(file, cancellation) });

    /// <exception cref="BlobException">A piece is not in the store.</exception>
    private async Task<byte[]> Join(DataFile file, CancellationToken cancellation)
    {
        var (bytes, start) = (new byte[file.Length], manifest.Files.TakeWhile(other => other != file).Sum(other => other.Length));
        var at = 0L;
        foreach (var piece in manifest.Pieces)
        {
            var (from, to) = (Math.Max(at, start), Math.Min(at + piece.Length, start + file.Length));
            if (from < to)
                (await blobs.Get(piece.Sha256, cancellation)).AsSpan((int)(from - at), (int)(to - from)).CopyTo(bytes.AsSpan((int)(from - start)));
            at += piece.Length;
        }

        return bytes;
    }
}
