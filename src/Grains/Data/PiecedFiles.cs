using System.Security.Cryptography;
using Siamese.Contracts.Data;

namespace Siamese.Grains.Data;

/// <summary>Turns the pieces of a data set, one after the other, back into its files.</summary>
/// <param name="manifest">Which files there are.</param>
/// <param name="folder">Where they go; made as needed.</param>
internal sealed class PiecedFiles(DataManifest manifest, string folder) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;
    private long _left;
    private int _next;

    /// <exception cref="InvalidDataException">A file has not come out as the manifest says.</exception>
    public void Write(ReadOnlySpan<byte> piece)
    {
        while (piece.Length > 0)
        {
            if (_file is null)
                Begin();
            if (_file is null)
                throw new InvalidDataException("its pieces are longer than the manifest says");
            var part = piece[..(int)Math.Min(piece.Length, _left)];
            _file.Write(part);
            _hash.AppendData(part);
            _left -= part.Length;
            piece = piece[part.Length..];
            if (_left == 0)
                Close(_file);
        }
    }

    /// <summary>After the last piece. What is empty has none: writes the empty files that are left.</summary>
    /// <exception cref="InvalidDataException">There were not enough bytes.</exception>
    public void End()
    {
        if (_file is null)
            Begin();
        if (_file is not null)
            throw new InvalidDataException("its pieces are shorter than the manifest says");
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }

    /// <summary>Begins the next file that is not empty, and makes those before it.</summary>
    private void Begin()
    {
        while (_next < manifest.Files.Count && _file is null)
        {
            var path = Path.Combine(folder, manifest.Files[_next].Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            _left = manifest.Files[_next++].Length;
            if (_left == 0)
                Close(_file);
        }
    }

    private void Close(FileStream written)
    {
        written.Dispose();
        _file = null;
        var file = manifest.Files[_next - 1];
        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != file.Sha256)
            throw new InvalidDataException($"its file {file.Path} does not come out as the manifest says");
    }
}
