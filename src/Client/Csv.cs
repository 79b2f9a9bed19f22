using CsvHelper;
using Siamese.Contracts;

namespace Siamese.Client;

/// <summary>How CSVs are read.</summary>
internal static class Csv
{
    /// <summary>As a silo reads them.</summary>
    public static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 64 * 1024,
    };

    /// <summary>The rows of a file that are not blank, each with the number of its line; none of an empty file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or a row cannot be taken apart.</exception>
    public static IEnumerable<(string[] Fields, long Line)> Rows(string path)
    {
        // Asked before opening: a pipe, which has no length, would never end.
        if (new FileInfo(path).Length == 0)
            yield break;
        using var reader = Open(path);
        while (Next(reader, path) is { } fields)
        {
            if (!fields.All(string.IsNullOrWhiteSpace))
                yield return (fields, reader.LineNumber);
        }
    }

    private static CsvReader Open(string path)
    {
        try
        {
            return CsvReader.FromFile(path, Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read ({e.Message}). See that it may be read.", e);
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
            throw new BadInputException($"{path} row {e.LineNumber} cannot be taken apart. See to its quotes.", e);
        }
    }
}
