using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands.Ensembles;

/// <summary>`recalibrate ENSEMBLE`: makes a new version that uses the feedback on its verdicts.</summary>
internal sealed class RecalibrateCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _ensemble = new("ENSEMBLE") { Description = "Name of the ensemble." };

    public Command Describe()
    {
        var command = new Command("recalibrate", "Make a new version of an ensemble, with probabilities and threshold corrected by feedback.") { _ensemble };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, ensemble) = (common.Format(line), SweepName.Check(_ensemble.Name, line.GetRequiredValue(_ensemble)));
        await using var calls = surroundings.To(common.Cluster(line));
        var recalibrated = await calls.Make((cluster, token) => cluster.Ensemble(ensemble).Recalibrate(token), surroundings.End);
        surroundings.Terminal.Answer(
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RecalibratedDocument))]
internal sealed partial class RecalibratedJson : JsonSerializerContext;
