using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Spectre.Console;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`cancel SWEEP|TRIAL`: stops a sweep, or one trial named by the start of its id.</summary>
internal sealed class CancelCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _target = new("SWEEP|TRIAL") { Description = "Id of the sweep, or of the trial (its first characters are enough)." };

    public Command Describe()
    {
        var command = new Command("cancel", "Stop a sweep or one trial; what has been trained is kept.") { _target };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, target) = (common.Format(line), Arguments.Sweep(line, _target));
        await using var calls = surroundings.To(common.Cluster(line));
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var document = board.FirstOrDefault(entry => entry.Sweep == target && !entry.IsImported) is { } sweep
            ? await CancelSweep(calls, sweep)
            : await CancelTrial(calls, board.Where(entry => entry.IsUnfinished), target);
        surroundings.Terminal.Answer(format, document, CancelledJson.Default.CancelledDocument, console => console.WriteLine(
            document.Trial is null
                ? $"Cancelled sweep {document.Sweep}; what has been trained is kept."
                : $"Cancelled trial {document.Trial} of sweep {document.Sweep}."));
        return ExitCode.Done;
    }

    private async Task<CancelledDocument> CancelSweep(Calls calls, BoardEntry entry)
    {
        if (entry.Phase is SweepPhase.Completed or SweepPhase.Rejected)
            throw new BadInputException($"Sweep {entry.Sweep} has already ended ({Word.Of(entry.Phase)}).");
        await calls.Make((cluster, token) => cluster.Sweep(entry.Sweep).Cancel(token), surroundings.End);
        return new(entry.Sweep, Trial: null);
    }

    private async Task<CancelledDocument> CancelTrial(Calls calls, IEnumerable<BoardEntry> unfinished, string trial)
    {
        if (trial.Length >= Arguments.ShortestTrial)
        {
            foreach (var entry in unfinished)
            {
                if (await calls.Make((cluster, token) => cluster.Sweep(entry.Sweep).CancelTrial(trial, token), surroundings.End))
                    return new(entry.Sweep, trial);
            }
        }
        throw new BadInputException($"There is no sweep '{trial}' and no unfinished trial whose id starts with that (at least {Arguments.ShortestTrial} characters).");
    }
}

/// <summary>What `cancel` stopped: a sweep, or one trial of it.</summary>
internal sealed record CancelledDocument(string Sweep, string? Trial);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CancelledDocument))]
internal sealed partial class CancelledJson : JsonSerializerContext;
