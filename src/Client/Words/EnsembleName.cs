using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Words;

/// <summary>An ensemble as users name it: `digits`, or `digits@3` for its version 3.</summary>
internal static class EnsembleName
{
    /// <returns>The name, and the version if one is given.</returns>
    /// <exception cref="BadInputException">It is not an ensemble's name.</exception>
    public static (string Name, int? Version) Read(string source, string text) => text.Split('@') switch
    {
        [var name] => (SweepId.Check(source, name), null),
        [var name, var version] => (SweepId.Check(source, name), Numbers.Whole(source, version, n => n >= 1, "a version; versions start at 1")),
        _ => throw new BadInputException($"{source}: '{text}' is not an ensemble; write digits, or digits@3 for version 3."),
    };
}
