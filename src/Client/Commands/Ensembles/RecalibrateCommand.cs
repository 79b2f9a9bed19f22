using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Terminals;
using Siamese.Client.Words;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;

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
        var (format, ensemble, preview) = (common.Format(line), SweepName.Check(_ensemble.Name, line.GetRequiredValue(_ensemble)), line.GetValue(_preview));
        ImmutableArray<string> trusted = [.. line.GetValue(_trust) ?? []];
        if (!preview)
            _confirmation.Check(line);
        await using var calls = surroundings.To(common.Cluster(line));
        var effect = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).PreviewRecalibration(trusted, token), surroundings.End);
        var terminal = surroundings.Terminal;
        if (preview)
        {
            terminal.Answer(format, RecalibrationEffectDocument.Of(ensemble, effect), RecalibratedJson.Default.RecalibrationEffectDocument, console => FeedbackReport.Write(console, ensemble, effect));
            return ExitCode.Done;
        }

        FeedbackReport.Write(Terminal.Plain(terminal.Error), ensemble, effect);
        if (!effect.IsNone && !await _confirmation.IsGiven(line, $"Make this version {effect.Version + 1} of ensemble {ensemble}"))
            return ExitCode.Cancelled;
        var recalibrated = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).Recalibrate(trusted, _confirmation.IsGivenInAdvance(line) ? null : effect.Found, token), surroundings.End);
        terminal.Answer(
            format, RecalibratedDocument.Of(ensemble, recalibrated), RecalibratedJson.Default.RecalibratedDocument,
            console => FeedbackReport.Write(console, ensemble, recalibrated));
        return ExitCode.Done;
    }
}

/// <summary>The result of `recalibrate`.</summary>
/// <param name="Version">The new version; null if none was made.</param>
/// <param name="Threshold">The new version's threshold.</param>
/// <param name="Slope">Factor that log odds are multiplied by.</param>
/// <param name="Shift">Offset that is then added to them.</param>
/// <param name="Same">Number of pairs that feedback calls *same*.</param>
/// <param name="Different">Number of pairs that feedback calls *different*.</param>
/// <param name="LossBefore">Log-loss on these pairs before the correction.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities on held-out pairs.</param>
internal sealed record RecalibratedDocument(
    string Ensemble, int? Version, double? Threshold, double Slope, double Shift, int Same, int Different, double LossBefore, double LossAfter)
{
    public static RecalibratedDocument Of(string ensemble, Recalibrated recalibrated) => new(
        ensemble, recalibrated.Version?.Ensemble.Version, recalibrated.Version?.Ensemble.Threshold, recalibrated.Found.Slope, recalibrated.Found.Shift,
        recalibrated.Found.Same, recalibrated.Found.Different, recalibrated.Found.LossBefore, recalibrated.Found.LossAfter);
}

/// <summary>The result of `recalibrate --preview`.</summary>
/// <param name="Version">The newest version.</param>
/// <param name="ThresholdBefore">Its threshold, a distance.</param>
/// <param name="ThresholdAfter">The threshold of the version that would be made.</param>
/// <param name="Changes">Whether a version would be made.</param>
/// <param name="Slope">Factor that log odds are multiplied by.</param>
/// <param name="Shift">Offset that is then added to them.</param>
/// <param name="LossBefore">Log-loss on the feedback before the correction.</param>
/// <param name="LossAfter">Log-loss of the corrected probabilities on held-out feedback.</param>
/// <param name="Feedback">Number of feedback entries that count.</param>
/// <param name="WrongBefore">Number of these that the newest version misjudges.</param>
/// <param name="WrongAfter">Number of these that the version to be made would misjudge.</param>
/// <param name="ChangedValidation">Fraction of the validation pairs that would be judged otherwise; null if they are not known.</param>
/// <param name="Callers">Who gave the feedback, and how much each entry counts.</param>
internal sealed record RecalibrationEffectDocument(
    string Ensemble,
    int Version,
    double ThresholdBefore,
    double ThresholdAfter,
    bool Changes,
    double Slope,
    double Shift,
    double LossBefore,
    double LossAfter,
    int Feedback,
    int WrongBefore,
    int WrongAfter,
    double? ChangedValidation,
    IReadOnlyList<FeedbackShare> Callers)
{
    public static RecalibrationEffectDocument Of(string ensemble, RecalibrationEffect effect) => new(
        ensemble, effect.Version, effect.ThresholdBefore, effect.ThresholdAfter, !effect.IsNone, effect.Found.Slope, effect.Found.Shift, effect.Found.LossBefore,
        effect.Found.LossAfter, effect.Judged, effect.WrongBefore, effect.WrongAfter, effect.Changed, effect.Callers);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RecalibratedDocument))]
[JsonSerializable(typeof(RecalibrationEffectDocument))]
internal sealed partial class RecalibratedJson : JsonSerializerContext;
