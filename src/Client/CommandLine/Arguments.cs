using System.CommandLine;
using Siamese.Client.Words;

namespace Siamese.Client.CommandLine;

/// <summary>Arguments shared by several commands.</summary>
internal static class Arguments
{
    /// <summary>A sweep's id.</summary>
    public static Argument<string> Sweep() => new("SWEEP") { Description = "Id of the sweep." };

    /// <exception cref="Contracts.BadInputException">It is not a valid id.</exception>
    public static string Sweep(ParseResult line, Argument<string> argument) =>
        SweepName.Check(argument.Name, line.GetRequiredValue(argument));
}
