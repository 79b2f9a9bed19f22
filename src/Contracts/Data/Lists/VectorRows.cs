using System.Globalization;

namespace Siamese.Contracts.Data.Lists;

/// <summary>The rows of a file of vectors, for a list that names them: by ids such as paths of images, or by numbers from 0 if there are no ids.</summary>
public sealed class VectorRows
{
    private const string Unnamed = "row ";

    private readonly IReadOnlyList<string>? _ids;
    private readonly Dictionary<string, int> _rows = [];

    /// <summary>The ids by their last part, to find paths that begin elsewhere.</summary>
    private readonly ILookup<string, int> _byFile;

    /// <param name="path">Path of the file of vectors.</param>
    /// <param name="count">Number of its rows.</param>
    /// <param name="ids">Its ids; null if it has none.</param>
    /// <exception cref="BadInputException">Two rows have the same id.</exception>
    public VectorRows(string path, int count, IReadOnlyList<string>? ids)
    {
        (Path, Count, _ids) = (path, count, ids);
        for (var row = 0; row < (ids?.Count ?? 0); row++)
        {
            if (!_rows.TryAdd(ids![row], row))
                throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"{path} has the id {ids[row]} in row {_rows[ids[row]]} and in row {row}, both counted from 0, so a list cannot tell them apart. Give each row an id of its own."));
        }

        _byFile = Enumerable.Range(0, ids?.Count ?? 0).ToLookup(row => Parts(ids![row])[^1]);
    }

    /// <summary>Path of the file of vectors.</summary>
    public string Path { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>An id that there is; `0` if there are none.</summary>
    public string Example => _ids is { Count: > 0 } ? _ids[0] : "0";

    /// <summary>Whether rows have ids.</summary>
    public bool HaveIds => _ids is not null;

    /// <summary>The row that a list names; null if there is none, or if several ids end like that.</summary>
    public int? Find(string field)
    {
        if (_ids is null)
            return int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Count ? number : null;
        if (_rows.TryGetValue(field, out var row))
            return row;
        var parts = Parts(field);
        return _byFile[parts[^1]].Where(other => EndsAlike(Parts(_ids[other]), parts)).Take(2).ToArray() is [var only] ? only : null;
    }

    /// <summary>What messages call a row.</summary>
    public string NameOf(int row) => _ids?[row] ?? string.Create(CultureInfo.InvariantCulture, $"{Unnamed}{row}");

    /// <summary>The row with a name of <see cref="NameOf"/>; null if there is none.</summary>
    public int? RowOf(string name) => _ids is not null ? _rows.TryGetValue(name, out var row) ? row : null
        : name.StartsWith(Unnamed, StringComparison.Ordinal) ? Find(name[Unnamed.Length..]) : null;

    /// <summary>Whether the shorter of two paths is the end of the longer one.</summary>
    private static bool EndsAlike(string[] one, string[] other)
    {
        var shared = Math.Min(one.Length, other.Length);
        return one.AsSpan(one.Length - shared).SequenceEqual(other.AsSpan(other.Length - shared));
    }

    /// <summary>The folders and the name of a path, without a drive.</summary>
    private static string[] Parts(string path)
    {
        var parts = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        parts = parts is ["." or [_, ':'], ..] ? parts[1..] : parts;
        return parts.Length > 0 ? parts : [path];
    }
}
