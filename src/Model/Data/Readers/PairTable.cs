using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Pairs;

namespace Siamese.Model.Data.Readers;

/// <summary>The pairs of a list, checked: every image exists, and no pair is listed twice or with two labels.</summary>
/// <param name="list">A list of pairs or triplets.</param>
/// <param name="oneMeans">What a 1 means; null if not stated.</param>
/// <param name="skipsUnreadable">Leaves out rows with problems, instead of refusing the list.</param>
internal sealed class PairTable(ImageList list, Relation? oneMeans, bool skipsUnreadable)
{
    private readonly Dictionary<(string, string), PairRow> _rows = [];
    private readonly HashSet<string> _existing = [];
    private readonly HashSet<(string, string)> _contradicted = [];
    private readonly Problems _problems = new();
    private int _repeated;
    private int _selfPairs;

    /// <exception cref="BadInputException">Rows are invalid (the message names up to twenty), or all pairs are of one kind.</exception>
    public (IReadOnlyList<PairRow> Rows, IReadOnlyList<string> Remarks) Read(CancellationToken cancellation)
    {
        if (!list.HasLabels)
            throw new BadInputException($"{list.Path} names two images per row but no label. Add a column that says same or different.");
        list.CheckLabels(oneMeans);
        foreach (var row in list.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            _problems.Try(() => Add(row));
        }

        List<string> remarks = [.. list.Remarks(), .. _problems.Report(list.Path, skipsUnreadable, "whose rows were left out")];
        Remark(remarks, "Rows ignored because they repeat an earlier pair", _repeated);
        Remark(remarks, "Rows left out because they pair an image with itself", _selfPairs);
        Remark(remarks, "Pairs left out because the list gives them both labels", _contradicted.Count);
        PairRow[] rows = [.. _rows.Where(row => !_contradicted.Contains(row.Key)).Select(row => row.Value)];
        CheckKinds(rows);
        return (rows, remarks);
    }

    private void Add(ListRow row)
    {
        string[] images = [.. list.ImagesOf(row).Select(image => Existing(row, image))];
        if (images is [var anchor, var positive, var negative])
        {
            Add(new PairRow(row.Line, anchor, positive, Relation.Same));
            Add(new PairRow(row.Line, anchor, negative, Relation.Different));
        }
        else
        {
            Add(new PairRow(row.Line, images[0], images[1], list.RelationOf(row, oneMeans)));
        }
    }

    private void Add(PairRow row)
    {
        if (row.First == row.Second)
        {
            _selfPairs++;
            return;
        }

        var key = string.CompareOrdinal(row.First, row.Second) < 0 ? (row.First, row.Second) : (row.Second, row.First);
        if (_rows.TryAdd(key, row))
            return;
        if (_rows[key].Relation == row.Relation)
            _repeated++;
        else
            _contradicted.Add(key);
    }

    private string Existing(ListRow row, string image)
    {
        var full = list.Paths.PathOf(image);
        if (!_existing.Contains(full))
        {
            if (!list.Paths.Exists(full))
                throw list.Missing(row, image);
            _existing.Add(full);
        }

        return full;
    }

    private void CheckKinds(PairRow[] rows)
    {
        if (rows.Length == 0)
            throw new BadInputException($"{list.Path} contains no pairs. Each row needs two image paths and a label.");
        if (rows.All(row => row.Relation == rows[0].Relation))
        {
            throw new BadInputException(
                $"{list.Path}: all {rows.Length} pairs have the same label, so there is nothing to tell apart. Add pairs of the other kind.");
        }
    }

    private static void Remark(List<string> remarks, string what, int count)
    {
        if (count > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {count}."));
    }
}

/// <summary>A row of a list of pairs.</summary>
/// <param name="Line">The line on which it starts, from 1.</param>
/// <param name="First">Full path of the first image.</param>
/// <param name="Second">Full path of the second image.</param>
/// <param name="Relation">Relation of the two images, from the label.</param>
internal sealed record PairRow(long Line, string First, string Second, Relation Relation);
