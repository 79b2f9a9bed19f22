namespace Siamese.Plots.Drawing;

/// <summary>Names the colours of a picture that is a file of its own.</summary>
internal static class Legend
{
    private const double LetterWidth = 8.4, Swatch = 34, Baseline = 58, RowHeight = 26;

    /// <summary>In a line below the title.</summary>
    public static IEnumerable<Shape> InPlaceOfNote(IEnumerable<LegendEntry> entries)
    {
        var x = 24.0;
        foreach (var entry in entries)
        {
            yield return new Dot(entry.Ink, new(x + 6, Baseline - 5), 6);
            yield return new Label(Ink.Text, new(x + 18, Baseline), entry.Name, Label.Small);
            x += (LetterWidth * entry.Name.Length) + Swatch;
        }
    }

    /// <summary>One below the other.</summary>
    /// <param name="start">The beginning of the first.</param>
    /// <param name="width">The width that there is.</param>
    public static IEnumerable<Shape> Column(IReadOnlyList<LegendEntry> entries, Point start, double width)
    {
        foreach (var (row, entry) in entries.Index())
        {
            var at = start with { Y = start.Y + (row * RowHeight) };
            yield return new Polyline(entry.Ink, [at, at with { X = at.X + 18 }], 4);
            yield return new Label(Ink.Text, new(at.X + 26, at.Y + 5), Frame.Fit(entry.Name, width - 50, 13), 13) { Hint = entry.Hint };
        }
    }
}
