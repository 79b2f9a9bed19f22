using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Commands.Uploads;

/// <summary>
/// A data set cut into pieces. Small files share a piece. A file at least as large as a piece gets pieces of its own, so
/// that it is cut into the same pieces in every data set.
/// </summary>
internal sealed class CutData
{
    private readonly LocalData _data;
    private readonly List<DataFile> _files = [];
    private readonly List<DataPiece> _pieces = [];

    /// <summary>The start of each piece: the file, and the offset in it.</summary>
    private readonly List<(int File, long Offset)> _starts = [];

    private CutData(LocalData data) => _data = data;

    public DataManifest Manifest => new(_files, _pieces, _data.Table, _data.NamesFullPaths ? _data.Folder : null);

    /// <summary>Reads every file once, a buffer at a time.</summary>
    /// <exception cref="BadInputException">A file cannot be read, or its name is not valid on other machines.</exception>
    public static CutData Cut(LocalData data, CancellationToken cancellation)
    {
        var cut = new CutData(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var piece = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, filled) = (new byte[128 * 1024], 0);
        foreach (var file in data.Files)
        {
            using var content = cut.Open(file);
            var length = content.Length;
            if (length >= UploadLimits.PieceBytes)
                EndPiece();
            for (var at = 0L; at < length;)
            {
                cancellation.ThrowIfCancellationRequested();
                var wanted = Math.Min(Math.Min(buffer.Length, UploadLimits.PieceBytes - filled), length - at);
                var part = cut.Fill(file, content, buffer.AsSpan(0, (int)wanted));
                if (filled == 0)
                    cut._starts.Add((cut._files.Count, at));
                hash.AppendData(part);
                piece.AppendData(part);
                (at, filled) = (at + part.Length, filled + part.Length);
                if (filled == UploadLimits.PieceBytes)
                    EndPiece();
            }

            cut._files.Add(new DataFile(file, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
            if (length >= UploadLimits.PieceBytes)
                EndPiece();
        }

        EndPiece();
        return cut;

        void EndPiece()
        {
            if (filled > 0)
                cut._pieces.Add(new DataPiece(filled, Convert.ToHexStringLower(piece.GetHashAndReset())));
            filled = 0;
        }
    }

    /// <summary>The bytes of a piece, read again.</summary>
    /// <exception cref="BadInputException">The bytes have changed since they were cut.</exception>
    public byte[] Read(int piece)
    {
        var bytes = new byte[_pieces[piece].Length];
        var (file, offset) = _starts[piece];
        for (var filled = 0; filled < bytes.Length; (file, offset) = (file + 1, 0))
        {
            using var content = Open(_files[file].Path);
            content.Position = offset;
            var wanted = Math.Min(bytes.Length - filled, _files[file].Length - offset);
            filled += Fill(_files[file].Path, content, bytes.AsSpan(filled, (int)wanted)).Length;
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == _pieces[piece].Sha256
            ? bytes
            : throw Changed(_files[_starts[piece].File].Path);
    }

    private Stream Open(string file)
    {
        try
        {
            // Check the length first: a pipe has none, and reading it would never end.
            return new FileInfo(_data.PathOf(file)).Length == 0 ? Stream.Null : File.OpenRead(_data.PathOf(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    private Span<byte> Fill(string file, Stream content, Span<byte> buffer)
    {
        try
        {
            content.ReadExactly(buffer);
            return buffer;
        }
        catch (EndOfStreamException)
        {
            throw Changed(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file, e);
        }
    }

    private BadInputException Unreadable(string file, Exception e) =>
        new($"{_data.PathOf(file)} cannot be read ({e.Message}). Check that the file exists and its permissions, or remove it.", e);

    private BadInputException Changed(string file) =>
        new($"{_data.PathOf(file)}, or a file next to it, changed during the upload. Submit again when the files no longer change.");
}
