using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Following;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>`ensembles`: lists the newest version of every ensemble, newest first. `ensembles NAME`: every version of one.</summary>
internal sealed class EnsemblesCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _name = new("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Ensemble whose versions to list, newest first." };

    public Command Describe()
    {
        var command = new Command("ensembles", "List the ensembles that can be asked for a verdict.") { _name };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var named = line.GetValue(_name) is { } name ? SweepId.Check(_name.Name, name) : null;
        await using var calls = surroundings.To(common.Cluster(line));
        var ensembles = named is null ? await Newest(calls) : await Versions(calls, named);
        surroundings.Terminal.Answer(
            format, EnsemblesDocument.Of(ensembles), DocumentsJson.Default.EnsemblesDocument, console => Write(console, ensembles));
        return ExitCode.Done;
    }

    private async Task<List<EnsembleSummary>> Newest(Calls calls)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var ensembles = new List<EnsembleSummary>();
        foreach (var entry in board.Where(entry => entry.HasEnsemble).OrderByDescending(entry => entry.FormedAt))
        {
            if (await calls.Make((cluster, token) => cluster.Ensemble(entry.Sweep).GetNewest(token), surroundings.End) is { } summary)
                ensembles.Add(summary);
        }

        return ensembles;
    }

    private async Task<List<EnsembleSummary>> Versions(Calls calls, string name)
    {
        var versions = await calls.Make((cluster, token) => cluster.Ensemble(name).GetVersions(token), surroundings.End);
        return versions.IsEmpty
            ? throw EnsembleLookup.Unknown(name)
            : [.. versions.Reverse()];
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
                + $"EER on validation pairs {Figures.Percent(ensemble.Validation.Eer)}{measured}{Calibration(ensemble)}");
            foreach (var member in SweepReport.Members(ensemble, new TrialLabels([.. ensemble.Members.Select(m => m.Spec)])))
                console.WriteLine(member);
        }
    }

    private static string Calibration(Ensemble ensemble) => ensemble switch
    {
        { Recalibration: { } found } =>
            $"; recalibrated with feedback on {Figures.Count(found.Same)} same and {Figures.Count(found.Different)} different pairs ({FeedbackReport.Correction(found)})",
        { CalibrationCheck: { } check } =>
            $"; probabilities off by {Figures.Points(check.Error)} points on average ({Figures.Points(check.ErrorInterval.Low)} to {Figures.Points(check.ErrorInterval.High)})",
        _ => "; too few validation pairs to tell how far its probabilities can be trusted",
    };
}
