using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// The strokes of a JSON file, before it is known what their arrays are. They are either points, [x, y], [x, y, t] or
/// [x, y, t, pressure], or the columns of Quick, Draw!: the x, the y and perhaps the times of all points of the stroke.
/// No stroke of columns has more than three arrays. If all strokes have at most three, they are columns if one array has more
/// than four numbers, or only one: no point has. They are also columns if one has four numbers and all strokes have equally
/// many arrays, of equal length in a stroke. Otherwise they are points. So a file whose strokes all consist of two or three
/// arrays of two or three numbers is read as points, and one whose strokes are all two by four numbers as columns.
/// </summary>
internal sealed class JsonLayout(StrokeFile file)
{
    /// <summary>A file with more strokes, arrays and numbers has too many points, whatever they are.</summary>
    private const int MaximumItems = 8 * PenPathBuilder.MaximumPoints;

    private readonly List<List<Entry>> _strokes = [];
    private int _items;

    /// <summary>An array, or a point if it was an object.</summary>
    private readonly record struct Entry(List<double> Numbers, (double X, double Y, double? Time, double? Pressure)? Point);

    private Place Here => new(0, _strokes.Count, Math.Max(1, _strokes[^1].Count));

    public void StartStroke()
    {
        _strokes.Add([]);
        Count(1);
    }

    public void StartArray() => Append(new([], null), items: 1);

    /// <summary>A number of the current array.</summary>
    public void Add(double number)
    {
        Count(1);
        _strokes[^1][^1].Numbers.Add(number);
    }

    public void AddPoint(double x, double y, double? time, double? pressure) => Append(new([], (x, y, time, pressure)), items: MaximumItems / PenPathBuilder.MaximumPoints);

    /// <exception cref="BadInputException">The strokes are not a drawing.</exception>
    public PenPath Build()
    {
        var path = new PenPathBuilder(file);
        var areColumns = AreColumns();
        for (var i = 0; i < _strokes.Count; i++)
        {
            path.Lift();
            if (areColumns)
                AddColumns(path, i);
            else
                AddPoints(path, i);
        }

        return path.Build();
    }

    private bool AreColumns()
    {
        var strokes = _strokes.FindAll(stroke => stroke.Count > 0);
        if (strokes.Exists(stroke => stroke.Count > 3 || stroke.Exists(entry => entry.Point is not null)))
            return false;
        int[] lengths = [.. strokes.SelectMany(stroke => stroke.Select(entry => entry.Numbers.Count))];
        return lengths.Any(length => length is 1 or > 4)
            || (lengths.Contains(4) && strokes.TrueForAll(stroke => stroke.Count > 1 && stroke.Count == strokes[0].Count && stroke.TrueForAll(entry => entry.Numbers.Count == stroke[0].Numbers.Count)));
    }

    private void AddPoints(PenPathBuilder path, int stroke)
    {
        for (var i = 0; i < _strokes[stroke].Count; i++)
        {
            var place = new Place(0, stroke + 1, i + 1);
            var (values, point) = _strokes[stroke][i];
            if (point is var (x, y, time, pressure))
                path.Add(place, x, y, time, pressure);
            else if (values.Count is >= 2 and <= 4)
                path.Add(place, values[0], values[1], values.Count > 2 ? values[2] : null, values.Count > 3 ? values[3] : null);
            else
                throw file.Bad(place, FormattableString.Invariant($"the point has {values.Count} numbers. Write [x, y], [x, y, t] or [x, y, t, pressure]."));
        }
    }

    private void AddColumns(PenPathBuilder path, int stroke)
    {
        var columns = _strokes[stroke].ConvertAll(entry => entry.Numbers);
        if (columns.Count == 0)
            return;
        if (columns.Count == 1 || columns.Exists(column => column.Count != columns[0].Count))
            throw file.Bad(new(0, stroke + 1, 1), "the arrays of the stroke do not match. Write an array of all x, one of all y and perhaps one of all times, of equal length; or an array for each point.");
        for (var i = 0; i < columns[0].Count; i++)
            path.Add(new(0, stroke + 1, i + 1), columns[0][i], columns[1][i], columns.Count > 2 ? columns[2][i] : null);
    }

    private void Append(Entry entry, int items)
    {
        _strokes[^1].Add(entry);
        Count(items);
    }

    /// <summary>Refuses a file with far too many points before it is read to its end.</summary>
    private void Count(int items)
    {
        _items += items;
        if (_items > MaximumItems)
            throw file.Bad(Here, FormattableString.Invariant($"a drawing may have at most {PenPathBuilder.MaximumPoints:N0} points. Give one drawing per file, or leave out points."));
    }
}
