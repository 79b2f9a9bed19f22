using System.Text.RegularExpressions;

namespace Siamese.Contracts.Backbones;

/// <summary>
/// A frozen network whose features heads are trained on, as the value of a hyperparameter: `resnet18:pool:512@` and the name of the
/// manifest under which its file and its settings were uploaded. So the name changes with every byte of either.
/// </summary>
/// <param name="File">Name of its file, without the extension.</param>
/// <param name="Layer">The layer whose output is taken, with a hyphen for every character that a name cannot have.</param>
/// <param name="Width">D, the numbers in a vector of features.</param>
/// <param name="Manifest">SHA-256 of the manifest: 64 hexadecimal digits.</param>
public sealed partial record BackboneName(string File, string Layer, int Width, string Manifest)
{
    /// <summary>The value of the hyperparameter if vectors come from a file.</summary>
    public const string None = "none";

    /// <summary>The name of the hyperparameter.</summary>
    public const string Hyperparameter = "backbone";

    /// <summary>Hexadecimal digits of the manifest's name that tell backbones apart for people.</summary>
    private const int ShortDigits = 8;

    /// <summary>For tables: `resnet18:pool@3fa2b1c0`.</summary>
    public string Brief => $"{File}:{Layer}@{Manifest[..ShortDigits]}";

    /// <summary>The name of a backbone in a word; null if the word is something else.</summary>
    public static BackboneName? Find(string? word) => word is not null && Written().Match(word) is { Success: true } match
        ? new(match.Groups["file"].Value, match.Groups["layer"].Value, int.Parse(match.Groups["width"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), match.Groups["manifest"].Value)
        : null;

    /// <summary>A part of a name from any text.</summary>
    public static string Plain(string text) => Unfit().Replace(text, "-").Trim('-') is { Length: > 0 } plain ? plain[..Math.Min(plain.Length, 60)] : "x";

    /// <summary>A word for tables: short if it is the name of a backbone, else the word itself.</summary>
    public static string InTables(string word) => Find(word)?.Brief ?? word;

    public override string ToString() => FormattableString.Invariant($"{File}:{Layer}:{Width}@{Manifest}");

    [GeneratedRegex("^(?<file>[A-Za-z0-9._-]{1,60}):(?<layer>[A-Za-z0-9._-]{1,60}):(?<width>[1-9][0-9]{0,5})@(?<manifest>[0-9a-f]{64})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Written();

    [GeneratedRegex("[^A-Za-z0-9._-]+")]
    private static partial Regex Unfit();
}
