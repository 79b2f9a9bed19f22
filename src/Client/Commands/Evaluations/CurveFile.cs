using System.Globalization;
using System.Text;
using Siamese.Client.Files;
using Siamese.Contracts;
using Siamese.Contracts.Evaluations;

namespace Siamese.Client.Commands.Evaluations;

/// <summary>A CSV for a curve, written completely or not at all.</summary>
/// <param name="option">The option that names it.</param>
/// <param name="path">The path as given.</param>
/// <param name="header">Its first line.</param>
/// <param name="rate">The third column, after the threshold and the FAR.</param>
/// <exception cref="BadInputException">The path is empty.</exception>
internal sealed class CurveFile(string option, string path, string header, Func<CurvePoint, double> rate)
{
    public string Option => option;

    /// <summary>Its full path.</summary>
    public string Path { get; } = path.Length > 0 ? System.IO.Path.GetFullPath(path) : throw new BadInputException($"{option}: name the file to write to.");

    public static CurveFile Roc(string option, string path) => new(option, path, "threshold,far,tar", point => 1 - point.Frr);

    public static CurveFile Det(string option, string path) => new(option, path, "threshold,far,frr", point => point.Frr);

    /// <summary>Checks that it can be written; only a curve of the same kind is overwritten.</summary>
    /// <exception cref="BadInputException">The folder does not exist, or the file exists and is something else.</exception>
    public void Check()
    {
        OutputFile.Check(option, Path);
        try
        {
            // A pipe or a device has no length, and might never end.
            if (File.Exists(Path) && (new FileInfo(Path).Length == 0 || File.ReadLines(Path).FirstOrDefault() != header))
                throw new BadInputException($"{option}: {Path} already exists and is not such a curve. Choose another file, or remove it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{option}: {Path} already exists and cannot be read ({e.Message}). Choose another file.", e);
        }
    }

    /// <exception cref="BadInputException">It cannot be written.</exception>
    public void Write(IEnumerable<CurvePoint> points)
    {
        var text = new StringBuilder().Append(header).Append('\n');
        foreach (var point in points)
            text.Append(CultureInfo.InvariantCulture, $"{point.Threshold:R},{point.Far:0.#########},{rate(point):0.#########}\n");
        OutputFile.Write(option, Path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
