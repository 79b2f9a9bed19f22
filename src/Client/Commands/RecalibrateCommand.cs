using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;

namespace Siamese.Client.Commands;

/// <summary>`recalibrate ENSEMBLE`: makes a new version that uses the feedback on its verdicts.</summary>
internal sealed class RecalibrateCommand(Surroundings surroundings, CommonOptions common)
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
            format, RecalibratedDocument.Of(ensemble, recalibrated), Documents.Default.RecalibratedDocument,
            console => FeedbackReport.Write(console, ensemble, recalibrated));
        return ExitCode.Done;
    }
}
