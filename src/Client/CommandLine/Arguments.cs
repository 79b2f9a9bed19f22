using System.CommandLine;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.CommandLine;

/// <summary>Arguments and options shared by several commands.</summary>
internal static class Arguments
{
    /// <summary>Length of the shortest start of a trial's id that stands for the trial; a shorter one could match the wrong trial.</summary>
    public const int ShortestTrial = 4;

    /// <summary>A sweep's id.</summary>
    public static Argument<string> Sweep() => new("SWEEP") { Description = "Id of the sweep." };

    /// <exception cref="Contracts.BadInputException">It is not a valid id.</exception>
    public static string Sweep(ParseResult line, Argument<string> argument) =>
        SweepId.Check(argument.Name, line.GetRequiredValue(argument));

    /// <summary>The option that names a folder for TensorBoard.</summary>
    public const string TensorBoardOption = "--tensorboard";

    /// <summary>For commands that follow a sweep.</summary>
    public static Option<string?> TensorBoard() => new(TensorBoardOption) { HelpName = "DIR", Description = "Write an event file for TensorBoard for each trial that ends: its loss and validation EER by epoch, and its hyperparameters." };

    /// <summary>For commands that make a sweep continue.</summary>
    public static Option<bool> Detach() => new("--detach") { Description = "Return at once; follow the sweep with `watch`." };
}
