namespace Siamese.Plots.Drawing;

/// <summary>Leaves out dots that would be drawn exactly over others, so that a plot of many trials stays small.</summary>
internal static class Thinning
{
    public static IEnumerable<Dot> OnePerPixel(IEnumerable<Dot> dots) =>
        dots.DistinctBy(dot => (dot.Ink, Math.Round(dot.At.X), Math.Round(dot.At.Y)));
}
