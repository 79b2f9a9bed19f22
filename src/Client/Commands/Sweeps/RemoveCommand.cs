using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`remove SWEEP`: removes a sweep and its ensemble, or an imported ensemble, with its gallery, and frees their disk space.</summary>
internal sealed class RemoveCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = new("SWEEP") { Description = "Id of the sweep, or name of an imported ensemble." };

    private readonly Confirmation _confirmation = new(surroundings);

    public Command Describe()
    {
        var command = new Command("remove", "Remove a sweep, its ensemble and its gallery, and free their disk space.") { _sweep };
        _confirmation.AddTo(command);
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
        if (!await _confirmation.IsGiven(line, $"Remove {(isImported ? "the imported ensemble" : "the sweep")} {sweep}, {(isImported ? "all its versions" : "its trials, its ensemble")} and its gallery"))
            return ExitCode.Cancelled;
        var freed = await calls.Make(
            (cluster, token) => isImported ? cluster.Imports(sweep).Remove(token) : cluster.Sweep(sweep).Remove(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new RemovedDocument(sweep, freed), RemovedJson.Default.RemovedDocument,
            console => console.WriteLine($"Removed {(isImported ? "ensemble" : "sweep")} {sweep}; {Figures.Megabytes(freed)} freed."));
        return ExitCode.Done;
    }
}

/// <summary>What `remove` freed.</summary>
internal sealed record RemovedDocument(string Sweep, long FreedBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RemovedDocument))]
internal sealed partial class RemovedJson : JsonSerializerContext;
