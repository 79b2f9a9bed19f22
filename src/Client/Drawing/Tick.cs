namespace Siamese.Client.Drawing;

/// <summary>A marked value of an <see cref="Axis"/>.</summary>
internal readonly record struct Tick(double Value, string Text);
