using System.Security.Cryptography;
using Siamese.Contracts.Data;

namespace Siamese.Grains.Data;

/// <summary>Turns the pieces of a data set, in order, back into its files.</summary>
/// <param name="manifest">Lists the files.</param>
/// <param name="folder">Where to write them; subfolders are created as needed.</param>
internal sealed class PiecedFiles(DataManifest manifest, string folder) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private FileStream? _file;
    private long _left;
    private int _next;

    /// <exception cref="InvalidDataException">The pieces do not match the manifest.</exception>
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

    /// <summary>Call it after the last piece. Writes the remaining empty files, which have no pieces.</summary>
    /// <exception cref="InvalidDataException">The pieces were too short.</exception>
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

    /// <summary>Opens the next file that is not empty, and creates the empty ones before it.</summary>
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
            throw new InvalidDataException($"its file {file.Path} does not match the manifest");
    }
}
