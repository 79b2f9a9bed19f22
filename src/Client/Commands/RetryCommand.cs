using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Following;
using Siamese.Client.Output;
using Siamese.Client.Output.Json;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>`retry SWEEP`: trains failed trials again, follows the sweep to its end and reports the result.</summary>
internal sealed class RetryCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<bool> _detach = new("--detach") { Description = "Return at once; follow the sweep with `watch`." };

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
        if (line.GetValue(_detach))
        {
            surroundings.Terminal.Answer(format, new RetriedDocument(sweep, waiting), Documents.Default.RetriedDocument, console => console.WriteLine(said));
            return ExitCode.Done;
        }

        var watching = new Watching(surroundings, calls, format);
        watching.View.Say(said);
        return await watching.ToTheEnd(sweep, from: before.CursorEnd);
    }
}
