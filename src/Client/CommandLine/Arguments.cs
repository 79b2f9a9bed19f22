using System.CommandLine;

namespace Siamese.Client.CommandLine;

/// <summary>Arguments that several commands have.</summary>
internal static class Arguments
{
    /// <summary>A sweep's id.</summary>
    public static Argument<string> Sweep() => new("SWEEP") { Description = "The sweep's id." };

    /// <exception cref="Contracts.BadInputException">It cannot be an id.</exception>
    public static string Sweep(ParseResult line, Argument<string> argument) =>
        SweepName.Check(argument.Name, line.GetRequiredValue(argument));
}
