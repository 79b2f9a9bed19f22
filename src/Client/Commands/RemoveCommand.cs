using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Output;
using Siamese.Client.Output.Json;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>`remove SWEEP`: forgets a sweep or an ensemble that was imported, with its ensemble and who is enrolled with it, and frees their disk.</summary>
internal sealed class RemoveCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _sweep = new("SWEEP") { Description = "The sweep's id, or the name of an ensemble that was imported." };

    public Command Describe()
    {
        var command = new Command("remove", "Forget a sweep, its ensemble and who is enrolled with it, and free their disk.") { _sweep };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        await using var calls = surroundings.To(common.Cluster(line));
        var isImported = await calls.Make((cluster, token) => cluster.Imports(sweep).Exists(token), surroundings.End);
        if (!isImported)
            await SweepLookup.Require(calls, sweep, surroundings.End);
        var freed = await calls.Make(
            (cluster, token) => isImported ? cluster.Imports(sweep).Remove(token) : cluster.Sweep(sweep).Remove(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new RemovedDocument(sweep, freed), Documents.Default.RemovedDocument,
            console => console.WriteLine($"Removed {(isImported ? "ensemble" : "sweep")} {sweep}; {Figures.Megabytes(freed)} freed."));
        return ExitCode.Done;
    }
}
