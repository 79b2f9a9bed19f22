using System.Globalization;
using System.Text;

namespace Siamese.Bench.Reports;

/// <summary>Figures for people.</summary>
internal static class FigureTable
{
    public static string Write(IReadOnlyList<Figure> figures)
    {
        var width = figures.Select(figure => figure.Name.Length).Append("figure".Length).Max();
        var text = new StringBuilder().Append("figure".PadRight(width)).AppendLine("     median        min        max   unit");
        foreach (var figure in figures)
        {
            text.Append(figure.Name.PadRight(width)).Append(Number(figure.Value)).Append(Number(figure.Min)).Append(Number(figure.Max))
                .Append("   ").AppendLine(figure.Unit);
        }

        return text.ToString().TrimEnd();
    }

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { < 0.1 => "0.0000", < 100 => "0.00", _ => "0" }, CultureInfo.InvariantCulture).PadLeft(11);
}
