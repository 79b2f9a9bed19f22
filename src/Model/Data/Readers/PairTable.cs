using CsvHelper;
using Siamese.Contracts;
using Siamese.Contracts.Pairs;
using Siamese.Model.Losses;

namespace Siamese.Model.Data.Readers;

/// <summary>
/// Reads and checks the rows of a CSV of pairs: two image paths and a label, which is 0 or 1, or `same` or `different`.
/// Paths are relative to the CSV's folder. A first row whose third field is not 0 or 1 is treated as a header, unless its
/// first two fields are files.
/// </summary>
/// <param name="path">The CSV.</param>
/// <param name="labelMeans">What a 1 means; null if not stated.</param>
/// <param name="moved">The folder in which it arrived from another machine, or null.</param>
internal sealed class PairTable(string path, Relation? labelMeans, MovedFolder? moved)
{
    private const string Same = "same";
    private const string Different = "different";

    private static readonly CsvReaderOptions _options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = 64 * 1024,
    };

    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly List<PairRow> _rows = [];
    private readonly Dictionary<(string, string), PairRow> _seen = [];
    private readonly HashSet<string> _existing = [];

    /// <summary>Number of rows that repeat an earlier row; they are ignored.</summary>
    public int Repeated { get; private set; }

    /// <exception cref="BadInputException">A row is invalid (the message names the first), or all pairs are of one kind.</exception>
    public IReadOnlyList<PairRow> Read(CancellationToken cancellation)
    {
        // Checked before opening: a pipe has no length, and reading it would never end.
        if (new FileInfo(path).Length == 0)
            throw NoPairs();
        using var reader = CsvReader.FromFile(path, _options);
        try
        {
            for (var isFirst = true; reader.Read(); isFirst = false)
            {
                cancellation.ThrowIfCancellationRequested();
                var fields = reader.Current.ToArray();
                if (!fields.All(string.IsNullOrWhiteSpace) && !(isFirst && IsHeader(fields)))
                    Add(ReadRow(fields, reader.LineNumber));
            }
        }
        catch (CsvFormatException error)
        {
            throw Bad(error.LineNumber, "cannot be parsed. Check its quotes", error);
        }

        CheckKinds();
        return _rows;
    }

    private bool IsHeader(string[] fields) => fields is [var first, var second, not ("0" or "1"), ..]
        && !(IsThere(Full(first)) && IsThere(Full(second)));

    private PairRow ReadRow(string[] fields, long line)
    {
        if (fields.Length < 3)
            throw Bad(line, $"has too few fields: {fields.Length}. Give the first image, the second image and the label, separated by commas");
        var meaning = Meaning(fields[2], line);
        var row = new PairRow(line, Existing(fields[0], line), Existing(fields[1], line), meaning);
        return row.First != row.Second ? row : throw Bad(line, $"pairs {fields[0]} with itself. Take the row out");
    }

    private Relation Meaning(string label, long line) => label switch
    {
        Same => Relation.Same,
        Different => Relation.Different,
        "1" => One(),
        "0" => One() is Relation.Same ? Relation.Different : Relation.Same,
        _ => throw Bad(line, $"has the label '{label}'. A label must be 0 or 1, or {Same} or {Different}"),
    };

    private Relation One() => labelMeans ?? throw new BadInputException(
        $"Data sets disagree on what a 1 means: add 'label-means' different or 'label-means' same for {path}. In the article's train.csv a 1 means different.");

    private string Existing(string field, long line)
    {
        var full = Full(field);
        if (!_existing.Contains(full))
        {
            if (!IsThere(full))
                throw Bad(line, $"names '{field}', but the file {full} does not exist. Correct the path, which is relative to the CSV's folder, or take the row out");
            _existing.Add(full);
        }

        return full;
    }

    /// <summary>The field itself if it cannot be a path; then no file has that name.</summary>
    private string Full(string field)
    {
        if (field.Contains('\0'))
            return field;
        var full = Path.GetFullPath(Path.Combine(_folder, field));
        return moved is not null && Path.IsPathRooted(field) ? moved.Find(full) : full;
    }

    private bool IsThere(string full) => (moved is null || moved.Holds(full)) && File.Exists(full);

    private void Add(PairRow row)
    {
        var key = string.CompareOrdinal(row.First, row.Second) < 0 ? (row.First, row.Second) : (row.Second, row.First);
        if (_seen.TryAdd(key, row))
            _rows.Add(row);
        else if (_seen[key].Relation == row.Relation)
            Repeated++;
        else
            throw Bad(row.Line, $"contradicts row {_seen[key].Line}: it has the same two images with the other label. Take one of the two rows out");
    }

    private void CheckKinds()
    {
        if (_rows.Count == 0)
            throw NoPairs();
        if (_rows.All(row => row.Relation == _rows[0].Relation))
        {
            throw new BadInputException(
                $"{path}: all {_rows.Count} pairs have the same label, so there is nothing to tell apart. Add pairs of the other kind.");
        }
    }

    private BadInputException NoPairs() => new($"{path} contains no pairs. Each row needs two image paths and a label of 0 or 1.");

    private BadInputException Bad(long line, string what, Exception? cause = null) =>
        cause is null ? new($"{path} row {line} {what}.") : new($"{path} row {line} {what}.", cause);
}

/// <summary>A row of a CSV of pairs.</summary>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="First">Full path of the first image.</param>
/// <param name="Second">Full path of the second image.</param>
/// <param name="Relation">Relation of the two images, from the label.</param>
internal sealed record PairRow(long Line, string First, string Second, Relation Relation);
