using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Documents;

namespace Siamese.Client.Commands.Trials;

/// <summary>`importance SWEEP`: shows which hyperparameters mattered, and how sure that is.</summary>
internal sealed class ImportanceCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();

    public Command Describe()
    {
        var command = new Command("importance", "Show which hyperparameters mattered in a sweep, and how sure that is.") { _sweep };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        await using var calls = surroundings.To(common.Cluster(line));
        await SweepLookup.Require(calls, sweep, surroundings.End);
        var report = await calls.Make((cluster, token) => cluster.Sweep(sweep).GetImportance(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, ImportanceDocument.Of(sweep, report), DocumentsJson.Default.ImportanceDocument, console => ImportanceTable.Write(console, report));
        return ExitCode.Done;
    }
}
