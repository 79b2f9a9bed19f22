namespace Siamese.Client.Files;

/// <summary>Cells of a CSV that a spreadsheet does not run as formulas, whatever others have written into them (OWASP, "CSV Injection").</summary>
internal static class SafeCell
{
    private const string Starts = "=+-@\t\r";

    /// <summary>A path: `./=x` is the same file as `=x`.</summary>
    public static string OfPath(string path) => IsFormula(path) ? $"./{path}" : path;

    /// <summary>A sentence, after a space if it looks like a formula.</summary>
    public static string OfText(string text) => IsFormula(text) ? $" {text}" : text;

    private static bool IsFormula(string text) => text.Length > 0 && Starts.Contains(text[0], StringComparison.Ordinal);
}
