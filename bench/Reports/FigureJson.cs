using System.Globalization;
using System.Text.Json;

namespace Siamese.Bench.Reports;

/// <summary>Figures for programs: one array of `{name, value, unit, min, max}`.</summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(IReadOnlyList<Figure> figures) => JsonSerializer.Serialize(figures, _options);

    /// <summary>Writes a file named after the current time into the project's `results` folder, and returns its path.</summary>
    public static string Save(IReadOnlyList<Figure> figures, TimeProvider time)
    {
        var name = time.GetUtcNow().ToString("yyyy-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        // The program runs from bin/Release/net10.0 in the project's folder.
        var folder = Directory.CreateDirectory(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../results")));
        var path = Path.Combine(folder.FullName, $"{name}.json");
        File.WriteAllText(path, Write(figures) + '\n');
        return path;
    }
}
