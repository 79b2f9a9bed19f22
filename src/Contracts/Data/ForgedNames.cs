namespace Siamese.Contracts.Data;

/// <summary>The names that people give to folders and columns of genuine and of forged images, such as `genuine`, `Forgeries` or `full_forg`.</summary>
internal static class ForgedNames
{
    private static readonly HashSet<string> _genuine = ["genuine", "genuines", "real", "original", "originals", "orig", "org", "authentic"];
    private static readonly HashSet<string> _forged = ["forged", "forgery", "forgeries", "forge", "forges", "forg", "fake", "fakes", "skilled", "simulated"];
    private static readonly string[] _endings = ["images", "image", "imgs", "img", "signatures", "signature", "samples", "set"];

    /// <summary>Whether a name stands for forged images; null if it stands for neither forged nor genuine ones.</summary>
    public static bool? IsForged(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        if (plain.StartsWith("full", StringComparison.Ordinal))
            plain = plain[4..];
        var ending = _endings.FirstOrDefault(ending => plain.Length > ending.Length && plain.EndsWith(ending, StringComparison.Ordinal));
        return Exactly(plain) ?? (ending is null ? null : Exactly(plain[..^ending.Length]));
    }

    /// <summary>The same for a field or a part of a file's name, where the letters G and F are usual too.</summary>
    public static bool? IsForgedField(string field) => field.Trim() switch
    {
        "G" or "g" => false,
        "F" or "f" => true,
        var other => IsForged(other),
    };

    private static bool? Exactly(string plain) => _forged.Contains(plain) ? true : _genuine.Contains(plain) ? false : null;
}
