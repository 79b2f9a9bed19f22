using System.Text.Json;
using System.Text.Json.Serialization;

namespace Siamese.Contracts.Data;

/// <summary>
/// What an uploaded data set consists of. Its files, one behind the other in this order, are the bytes of its pieces. The
/// same files give the same manifest; where they lay does not enter, but for <see cref="Folder"/>.
/// </summary>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Pieces">In order.</param>
/// <param name="Table">Path of the CSV of pairs among the files; null where the folder itself is the data set.</param>
/// <param name="Folder">Where the files lay at the client, for a CSV that names some by their full path; else null.</param>
public sealed record DataManifest(IReadOnlyList<DataFile> Files, IReadOnlyList<DataPiece> Pieces, string? Table, string? Folder)
{
    /// <summary>Bytes of all files.</summary>
    [JsonIgnore]
    public long Length => Files.Sum(file => file.Length);

    /// <summary>As a blob. The same manifest gives the same bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, DataManifestJson.Default.DataManifest);

    /// <summary>Reads what <see cref="Write"/> wrote, and believes nothing of it: its paths are those of files below one folder.</summary>
    /// <exception cref="InvalidDataException">It is no manifest, or one that cannot be; says why.</exception>
    public static DataManifest Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, DataManifestJson.Default.DataManifest)
                ?? throw new InvalidDataException("It says nothing.");
            manifest.Check();
            return manifest;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"It is no list of files and pieces: {problem.Message}", problem);
        }
    }

    private void Check()
    {
        foreach (var file in Files)
        {
            if (!IsBelow(file.Path))
                throw new InvalidDataException($"'{file.Path}' is no path below the data set's folder.");
            if (file.Length < 0 || !IsHash(file.Sha256))
                throw new InvalidDataException($"'{file.Path}' has no length or no hash.");
        }

        if (Pieces.FirstOrDefault(piece => piece.Length is <= 0 or > UploadLimits.PieceBytes || !IsHash(piece.Sha256)) is { } bad)
            throw new InvalidDataException($"A piece of {bad.Length} bytes named '{bad.Sha256}' cannot be.");
        if (Files.DistinctBy(file => file.Path).Count() < Files.Count)
            throw new InvalidDataException("A path stands there twice.");
        if (Length != Pieces.Sum(piece => (long)piece.Length))
            throw new InvalidDataException("Files and pieces are not of the same length.");
        if (Table is not null && Files.All(file => file.Path != Table))
            throw new InvalidDataException($"The table '{Table}' is not among the files.");
    }

    /// <summary>Names of files and folders with `/` between; none that leads elsewhere on this platform.</summary>
    public static bool IsBelow(string path) => path.Split('/')
        .All(name => name is not ("" or "." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0);

    /// <summary>Whether it can be the name of a piece: 64 hexadecimal digits.</summary>
    public static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
