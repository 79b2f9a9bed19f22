namespace Siamese.Plots.Drawing;

/// <summary>What becomes of a picture, which decides its size and what is part of it.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Usual height in pixels.</param>
/// <param name="IsAlone">Whether title, note and legend are part of the picture.</param>
public sealed record Format(double Width, double Height, bool IsAlone)
{
    /// <summary>A file of its own.</summary>
    public static readonly Format File = new(1000, 600, IsAlone: true);

    /// <summary>A part of a page, which writes title, note and legend as text. Its own text stays readable on a narrow screen.</summary>
    public static readonly Format Page = new(640, 380, IsAlone: false);

    /// <summary>The first pixel below the title and the note.</summary>
    public double Top => IsAlone ? 76 : 14;
}
