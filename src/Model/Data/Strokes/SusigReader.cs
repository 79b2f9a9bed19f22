using System.Globalization;
using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads the signatures of SUSIG: header lines, one of which contains <c>DataSize: n</c>, then n rows
/// <c>x y t pressure end</c>. The end is 1 at the last point of a stroke.
/// </summary>
internal static class SusigReader
{
    private const string Size = "DataSize";

    /// <summary>Lines in which the header is looked for.</summary>
    private const int HeaderLines = 50;

    public static bool Recognizes(string text)
    {
        var lines = new StrokeLines(text);
        while (lines.Number < HeaderLines && lines.Next())
        {
            if (!SizeIn(lines.Line).IsEmpty)
                return true;
        }

        return false;
    }

    /// <exception cref="BadInputException">The file is damaged or truncated.</exception>
    public static PenPath Read(StrokeFile file)
    {
        var path = new PenPathBuilder(file);
        var lines = new StrokeLines(file.Text);
        var (header, stated, count) = (default(Place), 0, 0);
        Span<double> row = stackalloc double[5];
        while (lines.Next())
        {
            if (count == 0 && !lines.IsNumbers(5))
            {
                if (SizeIn(lines.Line) is { IsEmpty: false } size)
                    (header, stated) = (lines.Place, Count(file, lines.Place, size));
                continue;
            }

            lines.Read(file, row, "x y t pressure end");
            count++;
            path.Add(lines.Place, row[0], row[1], row[2], row[3]);
            if (row[4] is not (0 or 1))
                throw file.Bad(lines.Place, FormattableString.Invariant($"the end is {row[4]}. It must be 1 at the last point of a stroke and 0 elsewhere. Correct it or replace the file."));
            if (row[4] == 1)
                path.Lift();
        }

        if (count > 0 && header == default)
            throw new BadInputException($"{file.Name} has no line such as '{Size}: 100' above its points. Restore its header or replace the file.");
        return count == stated ? path.Build() : throw file.Bad(header, FormattableString.Invariant($"{stated} points are announced, but {count} rows follow: the file is truncated or damaged. Replace it or take it out."));
    }

    /// <summary>What follows DataSize; empty if the line does not contain it.</summary>
    private static ReadOnlySpan<char> SizeIn(ReadOnlySpan<char> line)
    {
        var start = line.IndexOf(Size, StringComparison.OrdinalIgnoreCase);
        var rest = start < 0 ? default : line[(start + Size.Length)..].TrimStart();
        return rest is [':', ..] ? rest : default;
    }

    private static int Count(StrokeFile file, Place place, ReadOnlySpan<char> size) => int.TryParse(size[1..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : throw file.Bad(place, $"the number of points is missing after '{Size}:'. Correct it or replace the file.");
}
