namespace Siamese.Plots.Drawing;

/// <summary>A marked value of an <see cref="Axis"/>.</summary>
public readonly record struct Tick(double Value, string Text);
