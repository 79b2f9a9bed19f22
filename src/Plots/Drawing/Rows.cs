namespace Siamese.Plots.Drawing;

/// <summary>A plot with a horizontal bar for each of several words, the first at the top.</summary>
/// <param name="format">What becomes of it.</param>
/// <param name="title">What the words are.</param>
/// <param name="words">The words.</param>
internal sealed class Rows(Format format, string title, IReadOnlyList<string> words)
{
    private const double Height = 34, Around = 74, Thickness = 18, LetterWidth = 9;

    /// <param name="note">What a reader must know; null if there is nothing.</param>
    /// <param name="across">The axis of the bars' lengths.</param>
    public Frame Frame(string heading, string? note, Axis across) =>
        new(format, heading, note, across, Axis.Words(title, [.. words.Reverse()])) { Left = Math.Clamp(LetterWidth * words.Max(word => word.Length), 120, 0.4 * format.Width), Height = format.Top + Around + (Height * Math.Max(3, words.Count)), HasRows = false };

    public Box Bar(Frame frame, int row, double from, double to, Ink ink)
    {
        var (start, end) = (At(frame, row, from), At(frame, row, to));
        return new(ink, new(start.X, start.Y - (Thickness / 2)), Math.Max(1, end.X - start.X), Thickness);
    }

    /// <summary>A line with ends.</summary>
    public IEnumerable<Shape> Interval(Frame frame, int row, double low, double high)
    {
        var (start, end) = (At(frame, row, low), At(frame, row, high));
        yield return new Polyline(Ink.Text, [start, end], 1.5);
        foreach (var point in (Point[])[start, end])
            yield return new Polyline(Ink.Text, [point with { Y = point.Y - 5 }, point with { Y = point.Y + 5 }], 1.5);
    }

    public Point At(Frame frame, int row, double value) => frame.At(value, words.Count - 1 - row);
}
