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

/// <summary>What `cancel` and `finish` have in common: they end a sweep, or one trial named by the start of its id.</summary>
internal abstract class EndingCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _target = new("SWEEP|TRIAL") { Description = "Id of the sweep, or of the trial (its first characters are enough)." };

    public Command Describe()
    {
        var command = new Command(Name, Description) { _target };
        command.SetAction(Run);
        return command;
    }

    protected abstract string Name { get; }

    protected abstract string Description { get; }

    /// <summary>Whether a sweep in this phase can no longer be ended.</summary>
    protected abstract bool HasEnded(SweepPhase phase);

    protected abstract Task EndSweep(ISweepGrain sweep, CancellationToken cancellation);

    /// <summary>False if the sweep has no such trial.</summary>
    protected abstract Task<bool> EndTrial(ISweepGrain sweep, string trial, CancellationToken cancellation);

    /// <summary>What was done, as a sentence.</summary>
    protected abstract string Say(EndedDocument ended);

    private async Task<int> Run(ParseResult line)
    {
        var (format, target) = (common.Format(line), Arguments.Sweep(line, _target));
        await using var calls = surroundings.To(common.Cluster(line));
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var document = board.FirstOrDefault(entry => entry.Sweep == target && !entry.IsImported) is { } sweep
            ? await EndSweep(calls, sweep)
            : await EndTrial(calls, board.Where(entry => entry.IsUnfinished), target);
        surroundings.Terminal.Answer(format, document, EndedJson.Default.EndedDocument, console => console.WriteLine(Say(document)));
        return ExitCode.Done;
    }

    private async Task<EndedDocument> EndSweep(Calls calls, BoardEntry entry)
    {
        if (HasEnded(entry.Phase))
            throw new BadInputException($"Sweep {entry.Sweep} has already ended ({Word.Of(entry.Phase)}).");
        await calls.Make((cluster, token) => EndSweep(cluster.Sweep(entry.Sweep), token), surroundings.End);
        return new(entry.Sweep, Trial: null);
    }

    private async Task<EndedDocument> EndTrial(Calls calls, IEnumerable<BoardEntry> unfinished, string trial)
    {
        if (trial.Length >= Arguments.ShortestTrial)
        {
            foreach (var entry in unfinished)
            {
                if (await calls.Make((cluster, token) => EndTrial(cluster.Sweep(entry.Sweep), trial, token), surroundings.End))
                    return new(entry.Sweep, trial);
            }
        }
        throw new BadInputException($"There is no sweep '{trial}' and no unfinished trial whose id starts with that (at least {Arguments.ShortestTrial} characters).");
    }
}

/// <summary>What was ended: a sweep, or one trial of it.</summary>
internal sealed record EndedDocument(string Sweep, string? Trial);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EndedDocument))]
internal sealed partial class EndedJson : JsonSerializerContext;
