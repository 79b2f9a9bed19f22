using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Following;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`extend SWEEP --trials N`: adds points to a sweep, follows it to its end and reports the result.</summary>
internal sealed class ExtendCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<string?> _trials = new("--trials") { HelpName = "N", Description = "Number of points to add; each is trained on every shard with every seed." };
    private readonly StopOptions _stop = new();
    private readonly Option<bool> _detach = Arguments.Detach();

    public Command Describe()
    {
        var command = new Command("extend", "Add points to a sweep, drawn like its other points.") { _sweep, _trials };
        foreach (var option in _stop.All)
            command.Add(option);
        command.Add(_detach);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        var added = line.GetValue(_trials) is { } text
            ? Numbers.Whole(_trials.Name, text, SweepLimits.Allow, SweepLimits.Range)
            : throw new BadInputException($"{_trials.Name}: say how many points to add, such as --trials 20.");
        var stop = _stop.Read(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var before = await SweepLookup.Require(calls, sweep, surroundings.End);
        // Send the total number, so that a repeated call adds nothing more.
        var points = before.Points + added;
        await calls.Make((cluster, token) => cluster.Sweep(sweep).Extend(points, stop, token), surroundings.End);
        var said = $"Sweep {sweep} continues with {Figures.Of(added, "more point")}.";
        return await new Watching(surroundings, calls, format).Resume(before, line.GetValue(_detach), said, new ExtendedDocument(sweep, added, points), ExtendedJson.Default.ExtendedDocument);
    }
}

/// <summary>What `extend` added, if it does not follow the sweep.</summary>
/// <param name="Added">Number of points added.</param>
/// <param name="Points">Total number of points in the sweep.</param>
internal sealed record ExtendedDocument(string Sweep, int Added, int Points);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExtendedDocument))]
internal sealed partial class ExtendedJson : JsonSerializerContext;
