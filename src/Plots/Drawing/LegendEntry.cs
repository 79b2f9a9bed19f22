namespace Siamese.Plots.Drawing;

/// <summary>What a colour of a picture means.</summary>
/// <param name="Ink">The colour.</param>
/// <param name="Name">What it stands for.</param>
/// <param name="Hint">More about it, for the pointer; null if there is nothing.</param>
public sealed record LegendEntry(Ink Ink, string Name, string? Hint = null);
