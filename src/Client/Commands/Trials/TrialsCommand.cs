using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Trials;

/// <summary>`trials SWEEP`: shows every trial of a sweep, ended or not.</summary>
internal sealed class TrialsCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<bool> _csv = new("--csv") { Description = "Write a CSV with a row for each trial: its hyperparameters and how it ended." };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE", Description = "File for the CSV. [default: standard output]" };

    public Command Describe()
    {
        var command = new Command("trials", "Show every trial of a sweep, best validation EER first.") { _sweep, _csv, _out };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        var (isCsv, file) = (line.GetValue(_csv), line.GetValue(_out));
        if (format is OutputFormat.Json && isCsv)
            throw new BadInputException($"{_csv.Name} is another format than json; leave one of them out.");
        if (file is not null && !isCsv)
            throw new BadInputException($"{_out.Name} is for a CSV; add {_csv.Name}.");
        if (file is not null)
            OutputFile.Check(_out.Name, file);
        await using var calls = surroundings.To(common.Cluster(line));
        await SweepLookup.Require(calls, sweep, surroundings.End);
        var trials = await calls.Make((cluster, token) => cluster.Sweep(sweep).GetTrials(token), surroundings.End);
        var document = new TrialsDocument(sweep, [.. trials.Select(TrialDocument.Of)]);
        if (isCsv)
        {
            WriteCsv(file, document.Trials);
            return ExitCode.Done;
        }

        surroundings.Terminal.Answer(format, document, DocumentsJson.Default.TrialsDocument, console =>
        {
            var labels = new TrialLabels([.. trials.Select(trial => trial.Spec)]);
            if (labels.Common.Length > 0)
                console.WriteLine($"Every trial: {labels.Common}.");
            PointTable.Write(console, trials, labels);
            console.Write(TrialTable.Of(trials, labels, console.Profile.Width));
            foreach (var reason in TrialTable.Reasons(trials))
                console.WriteLine(reason);
            foreach (var finding in TrialTable.Findings(trials))
                console.WriteLine(finding);
        });
        return ExitCode.Done;
    }

    private void WriteCsv(string? file, IReadOnlyList<TrialDocument> trials)
    {
        if (file is null)
        {
            TrialsCsv.Write(surroundings.Terminal.Out, trials);
            return;
        }

        OutputFile.Write(_out.Name, file, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            TrialsCsv.Write(writer, trials);
        });
    }
}
