using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Following;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`retry SWEEP`: trains failed trials again, follows the sweep to its end and reports the result.</summary>
internal sealed class RetryCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<bool> _detach = Arguments.Detach();

    public Command Describe()
    {
        var command = new Command("retry", "Train the failed trials of a sweep again, each from its last checkpoint.") { _sweep, _detach };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        await using var calls = surroundings.To(common.Cluster(line));
        var before = await SweepLookup.Require(calls, sweep, surroundings.End);
        var waiting = await calls.Make((cluster, token) => cluster.Sweep(sweep).Retry(token), surroundings.End);
        var said = waiting == 0 ? $"No trial of sweep {sweep} failed." : $"{Figures.Of(waiting, "trial")} of sweep {sweep} {(waiting == 1 ? "waits" : "wait")} for a slot again.";
        return await new Watching(surroundings, calls, format).Resume(before, line.GetValue(_detach), said, new RetriedDocument(sweep, waiting), RetriedJson.Default.RetriedDocument);
    }
}

/// <summary>What `retry` restarted, if it does not follow the sweep.</summary>
/// <param name="Waiting">Number of failed trials that are waiting for a slot again.</param>
internal sealed record RetriedDocument(string Sweep, int Waiting);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RetriedDocument))]
internal sealed partial class RetriedJson : JsonSerializerContext;
