using CsvHelper;
using Siamese.Contracts;

namespace Siamese.Client.Files;

/// <summary>Reads CSV files.</summary>
internal static class Csv
{
    /// <summary>The same options that a silo uses.</summary>
    public static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 64 * 1024,
    };

    /// <summary>The non-blank rows of a file, each with its line number; none for an empty file.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or a row cannot be parsed.</exception>
    public static IEnumerable<(string[] Fields, long Line)> Rows(string path)
    {
        // Checked before opening: a pipe, which has no length, might never end.
        if (new FileInfo(path).Length == 0)
            yield break;
        using var reader = Open(path);
        while (Next(reader, path) is { } fields)
        {
            if (!fields.All(string.IsNullOrWhiteSpace))
                yield return (fields, reader.LineNumber);
        }
    }

    /// <summary>The full path of a file that a field names relative to the CSV's folder. A field that cannot be a path stays as it is; no file has that name.</summary>
    public static string PathOf(string csv, string field) => field.Contains('\0') ? field : Path.GetFullPath(field, Path.GetDirectoryName(csv)!);

    private static CsvReader Open(string path)
    {
        try
        {
            return CsvReader.FromFile(path, Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    private static string[]? Next(CsvReader reader, string path)
    {
        try
        {
            return reader.Read() ? reader.Current.ToArray() : null;
        }
        catch (CsvFormatException e)
        {
            throw new BadInputException($"{path} row {e.LineNumber} cannot be parsed. Check its quotes.", e);
        }
    }
}
