using System.Collections.Immutable;
using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Terminals;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>`recalibrate ENSEMBLE`: makes a new version that uses the feedback on its verdicts.</summary>
internal sealed class RecalibrateCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _ensemble = new("ENSEMBLE") { Description = "Name of the ensemble." };
    private readonly Option<bool> _preview = new("--preview") { Description = "Show what would change, and change nothing." };
    private readonly Option<string[]> _trust = new("--trust")
    {
        HelpName = "CALLER",
        Description = "Let this caller's feedback count in full; else nobody's counts for more than everybody else's together. Can be repeated.",
    };

    private readonly Confirmation _confirmation = new(surroundings);

    public Command Describe()
    {
        var command = new Command("recalibrate", "Make a new version of an ensemble, with probabilities and threshold corrected by feedback.") { _ensemble, _preview, _trust };
        _confirmation.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, ensemble, preview) = (common.Format(line), SweepId.Check(_ensemble.Name, line.GetRequiredValue(_ensemble)), line.GetValue(_preview));
        ImmutableArray<string> trusted = [.. line.GetValue(_trust) ?? []];
        if (!preview)
            _confirmation.Check(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var effect = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).PreviewRecalibration(trusted, token), surroundings.End);
        var terminal = surroundings.Terminal;
        if (preview)
        {
            terminal.Answer(format, RecalibrationEffectDocument.Of(ensemble, effect), DocumentsJson.Default.RecalibrationEffectDocument, console => FeedbackReport.Write(console, ensemble, effect));
            return ExitCode.Done;
        }

        FeedbackReport.Write(Terminal.Plain(terminal.Error), ensemble, effect);
        if (!effect.IsNone && !await _confirmation.IsGiven(line, $"Make this version {effect.Version + 1} of ensemble {ensemble}"))
            return ExitCode.Cancelled;
        var recalibrated = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).Recalibrate(trusted, _confirmation.IsGivenInAdvance(line) ? null : effect.Found, token), surroundings.End);
        terminal.Answer(
            format, RecalibratedDocument.Of(ensemble, recalibrated), DocumentsJson.Default.RecalibratedDocument,
            console => FeedbackReport.Write(console, ensemble, recalibrated));
        return ExitCode.Done;
    }
}
