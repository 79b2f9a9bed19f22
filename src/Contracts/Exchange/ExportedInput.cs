using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Exchange;

/// <summary>The images, pen strokes or vectors that a member takes.</summary>
/// <param name="Height">Rows; 0 for pen strokes and vectors.</param>
/// <param name="Width">Columns; 0 for pen strokes and vectors.</param>
/// <param name="Channels">1 for grey values, 3 for red, green and blue.</param>
/// <param name="Fit">How images of other sizes are fitted.</param>
public sealed record ExportedInput(int Height, int Width, int Channels = 1, Fit Fit = Fit.Stretch)
{
    /// <summary>Number of points of pen strokes; null for images.</summary>
    public int? Points { get; init; }

    /// <summary>How these points are spaced; null for images.</summary>
    public Resample? Resample { get; init; }

    /// <summary>Numbers in a vector; null for images and pen strokes.</summary>
    public int? Features { get; init; }

    /// <summary>SHA-256 of the manifest of the backbone that computes the vectors from images; null if the vectors are given.</summary>
    public string? Backbone { get; init; }
}
