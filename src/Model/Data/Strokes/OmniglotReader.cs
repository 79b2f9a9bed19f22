using Siamese.Contracts;

namespace Siamese.Model.Data.Strokes;

/// <summary>
/// Reads the strokes of Omniglot: <c>START</c>, then rows <c>x,y,t</c> with t in milliseconds, and <c>BREAK</c> after each
/// stroke. The y of these files is negative below the top; it is turned, so that it grows downwards like that of screens.
/// </summary>
internal static class OmniglotReader
{
    public static bool Recognizes(string text)
    {
        var lines = new StrokeLines(text);
        return lines.Next() && lines.Line is "START";
    }

    /// <exception cref="BadInputException">The file is damaged.</exception>
    public static PenPath Read(StrokeFile file)
    {
        var path = new PenPathBuilder(file);
        var lines = new StrokeLines(file.Text);
        Span<double> row = stackalloc double[3];
        while (lines.Next())
        {
            if (lines.Line is "START" or "BREAK")
            {
                path.Lift();
                continue;
            }

            lines.Read(file, row, "x,y,t", ',');
            path.Add(lines.Place, row[0], row[1], row[2]);
        }

        return new PenPath(Array.ConvertAll(path.Build().Points, point => point with { Y = -point.Y }));
    }
}
