using Siamese.Plots.Drawing;
using Siamese.Plots.Sweeps;

namespace Siamese.Page.SweepPlots;

/// <summary>An axis of parallel coordinates as a script needs it to choose a range of its values.</summary>
/// <param name="Name">The hyperparameter's name in conditions.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="X">The place of the axis.</param>
/// <param name="Top">Its upper end.</param>
/// <param name="Length">Its length.</param>
/// <param name="Axis">Its values.</param>
/// <param name="Words">Its words, from the lower end; empty for numbers.</param>
/// <param name="IsWhole">Whether its numbers are whole.</param>
public sealed record BrushAxis(string Name, string Title, double X, double Top, double Length, Axis Axis, IReadOnlyList<string> Words, bool IsWhole)
{
    /// <summary>The axes of a picture of parallel coordinates.</summary>
    public static IReadOnlyList<BrushAxis> Of(Picture picture, IEnumerable<Tried> tried)
    {
        var lines = picture.Shapes.OfType<Polyline>().Where(line => line.Points is [var from, var to] && from.X == to.X && line.Ink == Ink.Faint).ToLookup(line => line.Points[0].X);
        return
        [
            .. from one in tried
               from label in picture.Shapes.OfType<Label>().Where(label => label.Align is Align.Middle && label.Hint == one.Title).Take(1)
               from line in lines[label.At.X].Take(1)
               select new BrushAxis(one.Hyperparameter.JsonName, one.Title, label.At.X, line.Points[0].Y, line.Points[1].Y - line.Points[0].Y, one.Axis, Choosable(one), one.Hyperparameter.Range.IsWhole),
        ];
    }

    /// <summary>Words that conditions can name: that a hyperparameter does not apply is none.</summary>
    private static IReadOnlyList<string> Choosable(Tried tried) => [.. tried.Words.Select(word => Hyperparameter(tried, word))];

    private static string Hyperparameter(Tried tried, string word) => word == Contracts.Wording.Figures.None || tried.Hyperparameter.Range.IsWord ? word : word.Replace(",", "", StringComparison.Ordinal);
}
