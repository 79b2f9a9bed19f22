using CsvHelper;

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
}
