using Siamese.Client.Drawing;

namespace Siamese.Client.Commands.Plots;

/// <summary>Names the colours of a plot, in a line below the title.</summary>
internal static class Legend
{
    private const double LetterWidth = 8.4, Swatch = 34, Baseline = 58;

    public static IEnumerable<Shape> InPlaceOfNote(IReadOnlyList<(string Name, Ink Ink)> entries)
    {
        var x = 24.0;
        foreach (var (name, ink) in entries)
        {
            yield return new Dot(ink, new(x + 6, Baseline - 5), 6);
            yield return new Label(Ink.Text, new(x + 18, Baseline), name, Label.Small);
            x += (LetterWidth * name.Length) + Swatch;
        }
    }
}
