namespace Siamese.Client.Output;

/// <summary>A path as it can be pasted into a shell.</summary>
internal static class ShellWord
{
    private const string Plain = "/._-+:@%,=~";

    /// <summary>As it is where nothing in it means something to a shell, else in single quotes.</summary>
    public static string Of(string path) =>
        path.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
