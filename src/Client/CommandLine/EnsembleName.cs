using Siamese.Contracts;

namespace Siamese.Client.CommandLine;

/// <summary>An ensemble as users name it: `digits`, or `digits@3` for its version 3.</summary>
internal static class EnsembleName
{
    /// <returns>The name, and the version where one is stated.</returns>
    /// <exception cref="BadInputException">It is neither.</exception>
    public static (string Name, int? Version) Read(string source, string text) => text.Split('@') switch
    {
        [var name] => (SweepName.Check(source, name), null),
        [var name, var version] => (SweepName.Check(source, name), CommaList.WholeNumber(source, version, n => n >= 1, "a version, from 1")),
        _ => throw new BadInputException($"{source}: '{text}' is no ensemble; write it as digits, or digits@3 for its version 3."),
    };
}
