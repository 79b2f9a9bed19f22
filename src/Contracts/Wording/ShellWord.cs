namespace Siamese.Contracts.Wording;

/// <summary>Writes a path so that it can be pasted into a shell.</summary>
public static class ShellWord
{
    private const string Plain = "/._-+:@%,=~";

    /// <summary>Unchanged if it has no characters that are special to a shell, else in single quotes.</summary>
    public static string Of(string path) =>
        path.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
