using System.Collections.Immutable;

namespace Siamese.Client.Drawing;

/// <summary>A picture, described by its shapes, that can be written as <see cref="Svg"/> and as <see cref="Png"/>.</summary>
/// <param name="Name">Name of its file, without an extension.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Shapes">In the order in which they are drawn.</param>
internal sealed record Picture(string Name, string Title, double Width, double Height, ImmutableArray<Shape> Shapes);
