using System.CommandLine;
using Siamese.Contracts;

namespace Siamese.Client.CommandLine;

/// <summary>`--ensemble`, where a gallery or a version of an ensemble is meant.</summary>
internal static class EnsembleOption
{
    public static Option<string?> Named() => new("--ensemble") { HelpName = "NAME", Description = "The ensemble whose gallery is meant; the newest where none is stated." };

    public static Option<string?> Versioned() => new("--ensemble") { HelpName = "NAME[@VERSION]", Description = "The ensemble to ask, as digits or digits@3; the newest where none is stated." };

    /// <exception cref="BadInputException">It cannot be an ensemble's name.</exception>
    public static string? Name(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } stated ? SweepName.Check(option.Name, stated) : null;

    /// <returns>The ensemble's name and version, null for the newest.</returns>
    /// <exception cref="BadInputException">It is no ensemble, nor a version of one.</exception>
    public static (string? Name, int? Version) NameAndVersion(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? EnsembleName.Read(option.Name, text) : (null, null);
}
