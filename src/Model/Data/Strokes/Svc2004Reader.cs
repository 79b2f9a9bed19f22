using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads the signatures of the First International Signature Verification Competition (SVC2004): the number of points, then
/// rows <c>x y t button</c> (task 1) or <c>x y t button azimuth altitude pressure</c> (task 2). The button is 1 while the
/// pen touches the tablet; other points are left out.
/// </summary>
internal static class Svc2004Reader
{
    private const string Short = "x y t button", Long = "x y t button azimuth altitude pressure";

    public static bool Recognizes(string text)
    {
        var lines = new StrokeLines(text);
        return lines.Next() && TryCount(lines.Line, out _) && lines.Next() && lines.Columns(' ') > 2 && lines.IsNumbers(lines.Columns(' '));
    }

    /// <exception cref="BadInputException">The file is damaged or truncated.</exception>
    public static PenPath Read(StrokeFile file)
    {
        var path = new PenPathBuilder(file);
        var lines = new StrokeLines(file.Text);
        lines.Next();
        TryCount(lines.Line, out var stated);
        var (first, columns, count) = (lines.Place, 0, 0);
        Span<double> row = stackalloc double[7];
        while (lines.Next())
        {
            if (columns == 0)
                columns = lines.Columns(' ') <= 4 ? 4 : 7;
            lines.Read(file, row[..columns], columns == 4 ? Short : Long);
            count++;
            if (row[3] is not (0 or 1))
                throw file.Bad(lines.Place, FormattableString.Invariant($"the button is {row[3]}. It must be 1 if the pen is down and 0 if it is up. Correct it or replace the file."));
            if (row[3] == 0)
                path.Hover(lines.Place);
            else
                path.Add(lines.Place, row[0], row[1], row[2], columns == 7 ? row[6] : null);
        }

        return count == stated ? path.Build() : throw file.Bad(first, FormattableString.Invariant($"{stated} points are announced, but {count} rows follow: the file is truncated or damaged. Replace it or take it out."));
    }

    private static bool TryCount(ReadOnlySpan<char> line, out int count) => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
