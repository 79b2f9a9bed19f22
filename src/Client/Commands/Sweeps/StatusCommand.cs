using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Ensembles;
using Siamese.Client.Commands.Following;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`status [SWEEP]`: shows every sweep, or one in detail.</summary>
internal sealed class StatusCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _sweep = new("SWEEP")
    {
        Description = "Id of the sweep. [default: every sweep]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Command Describe()
    {
        var command = new Command("status", "Show the status of every sweep, or of one in detail.") { _sweep };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var sweep = line.GetValue(_sweep) is { } id ? SweepId.Check(_sweep.Name, id) : null;
        await using var calls = surroundings.To(common.Cluster(line));
        if (sweep is null)
            await ShowAll(calls, format);
        else
            await ShowOne(calls, format, sweep);
        return ExitCode.Done;
    }

    private async Task ShowAll(Calls calls, OutputFormat format)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var entries = board.RemoveAll(entry => entry.IsImported);
        surroundings.Terminal.Answer(format, BoardDocument.Of(entries), DocumentsJson.Default.BoardDocument, console =>
        {
            if (entries.IsEmpty)
                console.WriteLine("No sweeps yet; try: client sweep --margins 1,2,5");
            else
                console.Write(Table(entries));
            foreach (var entry in board)
                WriteDrifts(console, entry);
        });
    }

    private async Task ShowOne(Calls calls, OutputFormat format, string sweep)
    {
        var progress = await SweepLookup.Require(calls, sweep, surroundings.End);
        var entry = (await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End)).FirstOrDefault(entry => entry.Sweep == sweep);
        surroundings.Terminal.Answer(format, StatusDocument.Of(progress, entry?.Drifts ?? []), DocumentsJson.Default.StatusDocument, console =>
        {
            console.WriteLine($"Sweep {sweep}: {Word.Of(progress.Phase)}, submitted {Figures.Time(progress.SubmittedAt)}");
            if (progress.Plan is not null)
                console.WriteLine(SweepLines.Total(progress));
            var labels = new TrialLabels([.. progress.Running.Select(trial => trial.Spec)]);
            foreach (var trial in progress.Running)
                console.WriteLine($"  {SweepLines.Running(trial, labels)}, on {trial.Silo}");
            if (progress.Problem is { } problem)
                console.WriteLine(problem);
            if (progress.Ensemble is { } ensemble)
                console.WriteLine($"Ensemble {ensemble}; all trials: client trials {sweep}");
            WriteDrifts(console, entry);
        });
    }

    private static void WriteDrifts(IAnsiConsole console, BoardEntry? entry)
    {
        foreach (var drift in entry?.Drifts ?? [])
            console.WriteLine(FeedbackReport.Line(entry!.Sweep, drift));
    }

    private static Table Table(IEnumerable<BoardEntry> entries)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("sweep", "phase", "submitted", "ensemble");
        foreach (var entry in entries)
        {
            table.AddRow(
                Markup.Escape(entry.Sweep), Word.Of(entry.Phase), Figures.Time(entry.SubmittedAt),
                entry.HasEnsemble ? "yes" : Figures.None);
        }
        return table;
    }
}
