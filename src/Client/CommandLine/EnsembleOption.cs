using System.CommandLine;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>The option `--ensemble`, which chooses a gallery or a version of an ensemble.</summary>
internal static class EnsembleOption
{
    public static Option<string?> Named() => new("--ensemble") { HelpName = "NAME", Description = "Ensemble whose gallery to use. [default: the newest]" };

    public static Option<string?> Versioned() => new("--ensemble") { HelpName = "NAME[@VERSION]", Description = "Ensemble to ask, such as digits, or digits@3 for version 3. [default: the newest]" };

    /// <exception cref="BadInputException">It is not a valid name.</exception>
    public static string? Name(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } stated ? SweepId.Check(option.Name, stated) : null;

    /// <returns>The ensemble's name and version, null for the newest.</returns>
    /// <exception cref="BadInputException">It is neither an ensemble nor a version of one.</exception>
    public static (string? Name, int? Version) NameAndVersion(ParseResult line, Option<string?> option) =>
        line.GetValue(option) is { } text ? EnsembleName.Read(option.Name, text) : (null, null);
}
