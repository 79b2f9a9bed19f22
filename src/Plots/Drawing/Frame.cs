using Siamese.Contracts.Wording;

namespace Siamese.Plots.Drawing;

/// <summary>The frame of a plot: title, two axes with their grid, and the area inside.</summary>
/// <param name="format">What becomes of it.</param>
/// <param name="title">What the plot shows.</param>
/// <param name="note">What a reader must know; null if there is nothing.</param>
/// <param name="across">The horizontal axis.</param>
/// <param name="up">The vertical axis.</param>
public sealed class Frame(Format format, string title, string? note, Axis across, Axis up)
{
    private const double UsualLeft = 92, UsualRight = 28, Bottom = 66, LetterWidth = 0.6;

    /// <summary>Room for the texts of the vertical axis.</summary>
    public double Left { get; init; } = UsualLeft;

    /// <summary>Room for a legend at the right, if it is part of the picture; 0 for a legend in place of the note.</summary>
    public double LegendWidth { get; init; }

    public double Height { get; init; } = format.Height;

    /// <summary>Whether each value of the vertical axis has a line.</summary>
    public bool HasRows { get; init; } = true;

    /// <summary>The place of a pair of values.</summary>
    public Point At(double x, double y) => new(Left + (across.Place(x) * Across), format.Top + ((1 - up.Place(y)) * Up));

    /// <summary>The frame with what is drawn in it.</summary>
    public Picture Picture(string name, IEnumerable<Shape> content, IReadOnlyList<LegendEntry>? legend = null) =>
        new(name, title, note, format.Width, Height, [.. Backdrop(), .. content, .. format.IsAlone ? Legend(legend ?? []) : []]) { Legend = [.. legend ?? []] };

    /// <summary>The background and, if they are part of the picture, title and note.</summary>
    public static IEnumerable<Shape> Heading(Format format, string title, string? note, double height)
    {
        if (!format.IsAlone)
            yield break;
        yield return new Box(Ink.Paper, default, format.Width, height);
        yield return new Label(Ink.Text, new(24, 34), title, Label.Large);
        if (note is not null)
            yield return new Label(Ink.Faint, new(24, 58), Fit(note, format.Width - 48, Label.Small), Label.Small);
    }

    /// <summary>Width and height of the area inside of the usual frame.</summary>
    /// <param name="legendWidth">As <see cref="LegendWidth"/>.</param>
    public static (double Across, double Up) AreaOf(Format format, double height, double legendWidth) => (format.Width - UsualLeft - RightOf(format, legendWidth), height - format.Top - Bottom);

    /// <summary>Cuts a text to a width, estimated from the number of its letters.</summary>
    public static string Fit(string text, double width, double size) => Figures.Crop(text, (int)(width / (LetterWidth * size)));

    private double Right => RightOf(format, LegendWidth);

    private double Across => format.Width - Left - Right;

    private double Up => Height - format.Top - Bottom;

    private static double RightOf(Format format, double legendWidth) => format.IsAlone && legendWidth > 0 ? legendWidth : UsualRight;

    private IEnumerable<Shape> Legend(IReadOnlyList<LegendEntry> entries) => LegendWidth > 0
        ? Drawing.Legend.Column(entries, new(format.Width - LegendWidth + 18, format.Top + 12), LegendWidth)
        : Drawing.Legend.InPlaceOfNote(entries);

    private IEnumerable<Shape> Backdrop()
    {
        foreach (var shape in Heading(format, title, note, Height))
            yield return shape;
        foreach (var tick in up.Ticks)
        {
            var at = At(across.Low, tick.Value);
            if (HasRows)
                yield return new Polyline(Ink.Grid, [at, At(across.High, tick.Value)], 1);
            yield return new Label(Ink.Text, new(Left - 10, at.Y + 5), Fit(tick.Text, Left - 14, Label.Small), Label.Small, Align.End);
        }

        foreach (var tick in across.Ticks)
        {
            var at = At(tick.Value, up.Low);
            yield return new Polyline(Ink.Grid, [at, At(tick.Value, up.High)], 1);
            yield return new Label(Ink.Text, new(at.X, at.Y + 22), Fit(tick.Text, Across / across.Ticks.Count, Label.Small), Label.Small, Align.Middle);
        }

        yield return new Polyline(Ink.Faint, [At(across.Low, up.High), At(across.Low, up.Low), At(across.High, up.Low)], 1);
        yield return new Label(Ink.Text, new(Left + (Across / 2), Height - 16), across.Title, Align: Align.Middle);
        yield return new Label(Ink.Text, new(26, format.Top + (Up / 2)), up.Title, Align: Align.Middle, IsUpright: true);
    }
}
