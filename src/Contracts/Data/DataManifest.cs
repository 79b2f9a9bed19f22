using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siamese.Contracts.Data;

/// <summary>
/// The files and pieces of an uploaded data set. The files, concatenated in this order, are the bytes of the pieces. The
/// same files give the same manifest, whatever folder they came from, except for <see cref="Folder"/>.
/// </summary>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Pieces">In order.</param>
/// <param name="Table">Path of the CSV of pairs among the files; null if the folder itself is the data set.</param>
/// <param name="Folder">The client's folder of the files, for a CSV that names some of them by full path; else null.</param>
public sealed record DataManifest(IReadOnlyList<DataFile> Files, IReadOnlyList<DataPiece> Pieces, string? Table, string? Folder)
{
    /// <summary>Bytes of all files.</summary>
    [JsonIgnore]
    public long Length => Files.Sum(file => file.Length);

    /// <summary>Serializes the manifest as a blob. The same manifest gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DataManifestJson.Default.DataManifest);

    /// <summary>Reads what <see cref="Write"/> wrote, without trusting it: every path must lie below one folder.</summary>
    /// <exception cref="InvalidDataException">It is not a valid manifest; the message says why.</exception>
    public static DataManifest Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, DataManifestJson.Default.DataManifest)
                ?? throw new InvalidDataException("It is empty.");
            manifest.Check();
            return manifest;
        }
        // Text may be half of a surrogate pair.
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"It is not a list of files and pieces: {problem.Message}", problem);
        }
    }

    private void Check()
    {
        if (Files.Contains(null!) || Pieces.Contains(null!))
            throw new InvalidDataException("A file or a piece in it is null.");
        foreach (var file in Files)
        {
            if (!IsBelow(file.Path))
                throw new InvalidDataException($"'{file.Path}' is not a path below the data set's folder.");
            if (file.Length < 0 || !IsHash(file.Sha256))
                throw new InvalidDataException($"'{file.Path}' has no valid length or hash.");
        }

        if (Pieces.FirstOrDefault(piece => piece.Length is <= 0 or > UploadLimits.PieceBytes || !IsHash(piece.Sha256)) is { } bad)
            throw new InvalidDataException($"A piece of {bad.Length} bytes named '{bad.Sha256}' is not valid.");
        if (Files.DistinctBy(file => file.Path).Count() < Files.Count)
            throw new InvalidDataException("It lists a path twice.");
        if (Length != Pieces.Sum(piece => (long)piece.Length))
            throw new InvalidDataException("Files and pieces differ in total length.");
        if (Table is not null && Files.All(file => file.Path != Table))
            throw new InvalidDataException($"The table '{Table}' is not among the files.");
    }

    /// <summary>Whether the path consists of names with `/` between them, and none leads outside the folder on this platform.</summary>
    public static bool IsBelow(string path) => path.Split('/')
        .All(name => name is not ("" or "." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0);

    /// <summary>Whether the text can be the name of a piece: 64 hexadecimal digits.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
