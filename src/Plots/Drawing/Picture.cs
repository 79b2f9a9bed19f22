using System.Collections.Immutable;

namespace Siamese.Plots.Drawing;

/// <summary>A picture, described by its shapes.</summary>
/// <param name="Name">Name of its file, without an extension.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Note">What a reader must know to understand it; null if there is nothing.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Shapes">In the order in which they are drawn.</param>
public sealed record Picture(string Name, string Title, string? Note, double Width, double Height, ImmutableArray<Shape> Shapes)
{
    /// <summary>What its colours mean. In a <see cref="Format.File"/>, the shapes say so too.</summary>
    public ImmutableArray<LegendEntry> Legend { get; init; } = [];
}
