using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Output;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;
using Siamese.Contracts.Ensembles;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>`ensembles`: the newest version of every ensemble, the newest first.</summary>
internal sealed class EnsemblesCommand(Surroundings surroundings, CommonOptions common)
{
    public Command Describe()
    {
        var command = new Command("ensembles", "List the ensembles that can be asked for a verdict.");
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var ensembles = new List<EnsembleSummary>();
        foreach (var entry in board.Where(entry => entry.HasEnsemble).OrderByDescending(entry => entry.FormedAt))
        {
            if (await calls.Make((cluster, token) => cluster.Ensemble(entry.Sweep).GetNewest(token), surroundings.End) is { } summary)
                ensembles.Add(summary);
        }
        surroundings.Terminal.Answer(
            format, EnsemblesDocument.Of(ensembles), Documents.Default.EnsemblesDocument, console => Write(console, ensembles));
        return ExitCode.Done;
    }

    private static void Write(IAnsiConsole console, List<EnsembleSummary> ensembles)
    {
        if (ensembles.Count == 0)
            console.WriteLine("No ensembles yet; try: client sweep --margins 1,2,5");
        foreach (var (ensemble, test) in ensembles)
        {
            var measured = test is null ? "" : $", on test pairs {Figures.Percent(test.Eer)}";
            console.WriteLine(
                $"{ensemble.Name}, version {ensemble.Version}, formed {Figures.Time(ensemble.FormedAt)}: "
                + $"EER on validation pairs {Figures.Percent(ensemble.Validation.Eer)}{measured}");
            foreach (var member in SweepReport.Members(ensemble, new TrialLabels([.. ensemble.Members.Select(m => m.Spec)])))
                console.WriteLine(member);
        }
    }
}
