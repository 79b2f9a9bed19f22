using Siamese.Client.Words;

namespace Siamese.Client.Drawing;

/// <summary>The frame of a plot: title, two axes with their grid, and the area inside.</summary>
/// <param name="title">What the plot shows.</param>
/// <param name="note">What a reader must know, below the title; null if there is nothing.</param>
/// <param name="across">The horizontal axis.</param>
/// <param name="up">The vertical axis.</param>
internal sealed class Frame(string title, string? note, Axis across, Axis up)
{
    public const double Width = 1000;

    private const double Top = 76, Bottom = 66, LetterWidth = 0.6;

    /// <summary>Room for the texts of the vertical axis.</summary>
    public double Left { get; init; } = 92;

    /// <summary>Room on the right, for a legend.</summary>
    public double Right { get; init; } = 28;

    public double Height { get; init; } = 600;

    /// <summary>Whether each value of the vertical axis has a line.</summary>
    public bool HasRows { get; init; } = true;

    /// <summary>The place of a pair of values.</summary>
    public Point At(double x, double y) => new(Left + (across.Place(x) * Across), Top + ((1 - up.Place(y)) * Up));

    /// <summary>The place of an entry of the legend.</summary>
    public Point Beside(int row) => new(Width - Right + 18, Top + 12 + (26 * row));

    /// <summary>The frame with what is drawn in it.</summary>
    public Picture Picture(string name, IEnumerable<Shape> content) => new(name, title, Width, Height, [.. Backdrop(), .. content]);

    /// <summary>Background and title, for every picture.</summary>
    public static IEnumerable<Shape> Heading(string title, string? note, double height)
    {
        yield return new Box(Ink.Paper, default, Width, height);
        yield return new Label(Ink.Text, new(24, 34), title, Label.Large);
        if (note is not null)
            yield return new Label(Ink.Faint, new(24, 58), Fit(note, Width - 48, Label.Small), Label.Small);
    }

    /// <summary>Cuts a text to a width, estimated from the number of its letters.</summary>
    public static string Fit(string text, double width, double size) => Figures.Crop(text, (int)(width / (LetterWidth * size)));

    private double Across => Width - Left - Right;

    private double Up => Height - Top - Bottom;

    private IEnumerable<Shape> Backdrop()
    {
        foreach (var shape in Heading(title, note, Height))
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
        yield return new Label(Ink.Text, new(26, Top + (Up / 2)), up.Title, Align: Align.Middle, IsUpright: true);
    }
}
