using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>Collects the points of a drawing. All formats share its limits and checks.</summary>
internal sealed class PenPathBuilder(StrokeFile file)
{
    public const int MaximumPoints = 100_000;

    private const double MaximumValue = 1e9;

    /// <summary>Times may be nanoseconds since 1970.</summary>
    private const double MaximumTime = 1e19;

    /// <summary>
    /// How far a time may lie before the latest time so far, as a share of the drawing's duration. In 16 of the 5,840
    /// drawings of Omniglot's small background sets, one point is 5 to 23 ms earlier than the point before it, at most 0.9 %
    /// of the duration: the computer's clock was set back a little. Such a point gets the time of the point before it.
    /// </summary>
    private const double MaximumFallback = 0.02;

    private readonly List<PenPoint> _points = [];
    private readonly List<Place> _places = [];
    private bool _isUp = true, _hasTime, _hasPressure;
    private int _rows;

    /// <summary>The pen is lifted: the next point starts a stroke.</summary>
    public void Lift() => _isUp = true;

    /// <summary>A point with the pen up. It is not ink and is left out.</summary>
    public void Hover(Place place)
    {
        Count(place);
        Lift();
    }

    /// <summary>A point with the pen down.</summary>
    /// <param name="place">Its place in messages.</param>
    /// <param name="x">Its x.</param>
    /// <param name="y">Its y.</param>
    /// <param name="time">Null if the file has no times.</param>
    /// <param name="pressure">Null if the file has no pressures.</param>
    /// <exception cref="BadInputException">A value is not usable, or there are too many points.</exception>
    public void Add(Place place, double x, double y, double? time = null, double? pressure = null)
    {
        Count(place);
        if (_points.Count == 0)
            (_hasTime, _hasPressure) = (time is not null, pressure is not null);
        CheckPresence(place, "time", _hasTime, time is not null);
        CheckPresence(place, "pressure", _hasPressure, pressure is not null);
        Check(place, "x", x, MaximumValue);
        Check(place, "y", y, MaximumValue);
        Check(place, "time", time ?? 0, MaximumTime);
        Check(place, "pressure", pressure ?? 0, MaximumValue);
        if (pressure < 0)
            throw file.Bad(place, FormattableString.Invariant($"the pressure is {pressure}. It must not be negative. Correct it or leave the pressures out."));
        _points.Add(new(x, y, time ?? 0, pressure ?? 0, _isUp));
        _places.Add(place);
        _isUp = false;
    }

    /// <summary>The drawing.</summary>
    /// <exception cref="BadInputException">There is nothing to see, or times run backwards.</exception>
    public PenPath Build()
    {
        if (_points.Count == 0)
            throw new BadInputException($"{file.Name} contains no points with the pen down. Replace it or take it out.");
        if (_points.TrueForAll(point => (point.X, point.Y) == (_points[0].X, _points[0].Y)))
        {
            var why = _points.Count > 1 ? "all its points are at one place" : "the pen never moves";
            throw new BadInputException($"{file.Name} is a single point: {why}. Replace it or take it out.");
        }

        var points = _points.ToArray();
        OrderTimes(points);
        return new(points);
    }

    /// <summary>Counts the row early, so that a file with far too many points is not read to its end.</summary>
    private void Count(Place place)
    {
        if (++_rows > MaximumPoints)
            throw file.Bad(place, FormattableString.Invariant($"this is point {_rows:N0}, but a drawing may have at most {MaximumPoints:N0}. Give one drawing per file, or leave out points."));
    }

    private void CheckPresence(Place place, string what, bool isExpected, bool isThere)
    {
        if (isExpected != isThere)
            throw file.Bad(place, $"the point has {(isThere ? "a" : "no")} {what}, unlike the points before it. Give all points a {what}, or none.");
    }

    private void Check(Place place, string what, double value, double maximum)
    {
        if (!double.IsFinite(value))
            throw file.Bad(place, FormattableString.Invariant($"the {what} is {(double.IsNaN(value) ? "missing or not a number" : "infinite")}. Correct it or take the point out."));
        if (Math.Abs(value) > maximum)
            throw file.Bad(place, FormattableString.Invariant($"the {what} is {value}, beyond the maximum of {maximum}. Correct it or take the point out."));
    }

    private void OrderTimes(PenPoint[] points)
    {
        var fallback = MaximumFallback * (points.Max(point => point.Time) - points.Min(point => point.Time));
        var latest = points[0].Time;
        for (var i = 0; i < points.Length; i++)
        {
            var time = points[i].Time;
            if (time < latest - fallback)
                throw file.Bad(_places[i], FormattableString.Invariant($"time runs backwards, from {latest} to {time}. Put the points in drawing order, or leave the times out."));
            latest = Math.Max(latest, time);
            points[i] = points[i] with { Time = latest };
        }
    }
}
