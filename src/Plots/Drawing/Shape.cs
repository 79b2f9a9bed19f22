using System.Collections.Immutable;

namespace Siamese.Plots.Drawing;

/// <summary>A part of a <see cref="Picture"/>; later ones lie over earlier ones.</summary>
/// <param name="Ink">Its colour.</param>
public abstract record Shape(Ink Ink)
{
    /// <summary>What it stands for, shown when the pointer is on it; null if that is plain to see.</summary>
    public string? Hint { get; init; }

    /// <summary>From 0, invisible, to 1.</summary>
    public double Opacity { get; init; } = 1;
}

/// <summary>A place in a picture; y grows downwards.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>A line through points.</summary>
public sealed record Polyline(Ink Ink, ImmutableArray<Point> Points, double Width = 2) : Shape(Ink)
{
    public bool IsDashed { get; init; }
}

/// <summary>A filled area within points.</summary>
public sealed record Area(Ink Ink, ImmutableArray<Point> Points) : Shape(Ink);

/// <summary>A circle, filled unless it is hollow.</summary>
public sealed record Dot(Ink Ink, Point At, double Radius = 4, bool IsHollow = false) : Shape(Ink);

/// <summary>A small image in a frame.</summary>
/// <param name="At">Its middle.</param>
/// <param name="Png">The image as a PNG file.</param>
public sealed record Stamp(Ink Ink, Point At, double Width, double Height, ImmutableArray<byte> Png) : Shape(Ink)
{
    public Point Corner => new(At.X - (Width / 2), At.Y - (Height / 2));
}

/// <summary>A filled rectangle.</summary>
/// <param name="From">Its upper left corner.</param>
public sealed record Box(Ink Ink, Point From, double Width, double Height) : Shape(Ink);

/// <summary>One line of text.</summary>
/// <param name="At">The end of its base line that <paramref name="Align"/> names.</param>
/// <param name="Text">The text.</param>
/// <param name="Size">Height of the font.</param>
/// <param name="Align">Which part of it lies at <paramref name="At"/>.</param>
/// <param name="IsUpright">Whether it is turned to be read from below.</param>
public sealed record Label(Ink Ink, Point At, string Text, double Size = Label.Normal, Align Align = Align.Start, bool IsUpright = false) : Shape(Ink)
{
    public const double Normal = 15;

    public const double Small = 14;

    public const double Large = 19;
}

/// <summary>The part of a text that lies at its place.</summary>
public enum Align
{
    Start,
    Middle,
    End,
}
