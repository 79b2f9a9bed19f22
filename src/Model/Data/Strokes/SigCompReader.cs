using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads the signatures of the ICDAR 2009 competition (SigComp2009, <c>.hwr</c>): rows <c>x y p azimuth elevation</c>, 200 in
/// a second, perhaps after lines such as <c>label 7</c>. The time is the number of the row, in milliseconds. A pressure of 0
/// means that the pen is up; such points are left out.
/// </summary>
internal static class SigCompReader
{
    private const int MillisecondsPerRow = 5, LabelLines = 20;

    public static bool Recognizes(string text)
    {
        var lines = new StrokeLines(text);
        while (lines.Number < LabelLines && lines.Next())
        {
            if (lines.IsNumbers(5))
                return true;
            if (!IsLabel(lines.Line))
                return false;
        }

        return false;
    }

    /// <exception cref="BadInputException">The file is damaged.</exception>
    public static PenPath Read(StrokeFile file)
    {
        var path = new PenPathBuilder(file);
        var lines = new StrokeLines(file.Text);
        var (rows, latest, last, isSusig) = (0, double.NegativeInfinity, 0.0, true);
        Span<double> row = stackalloc double[5];
        while (lines.Next())
        {
            if (rows == 0 && IsLabel(lines.Line))
                continue;
            lines.Read(file, row, "x y p azimuth elevation");
            if (row[2] == 0)
                path.Hover(lines.Place);
            else
                path.Add(lines.Place, row[0], row[1], rows * MillisecondsPerRow, row[2]);
            rows++;
            isSusig &= row[2] >= latest && (row[4] is 0 or 1);
            (latest, last) = (row[2], row[4]);
        }

        if (isSusig && last == 1)
            throw file.Bad(new(1), "the third column looks like the time and the fifth like the ends of strokes, as in SUSIG, but there is no line such as 'DataSize: 100' above them. Restore the header or replace the file.");
        return path.Build();
    }

    /// <summary>Whether the line is a word and a number.</summary>
    private static bool IsLabel(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(" \t:=");
        return end > 0 && !line[..end].ContainsAnyExceptInRange('A', 'z') && StrokeLines.TryParse(line[end..].TrimStart(" \t:="), out _);
    }
}
