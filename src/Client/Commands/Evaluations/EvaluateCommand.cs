using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Evaluations;

namespace Siamese.Client.Commands.Evaluations;

/// <summary>`evaluate ENSEMBLE`: measures an ensemble on images and with a protocol that the user chooses.</summary>
internal sealed class EvaluateCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _ensemble = new("ENSEMBLE") { Description = "Ensemble to evaluate, such as digits, or digits@3 for version 3." };
    private readonly EvaluationOptions _options = new();
    private readonly Option<string?> _roc = new("--roc") { HelpName = "FILE", Description = "Write the ROC curve as a CSV: threshold, FAR, TAR." };
    private readonly Option<string?> _det = new("--det") { HelpName = "FILE", Description = "Write the DET curve as a CSV: threshold, FAR, FRR." };

    public Command Describe()
    {
        var command = new Command("evaluate", "Measure an ensemble on your own images, with pairs or one-shot trials.") { _ensemble };
        _options.AddTo(command);
        command.Add(_roc);
        command.Add(_det);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var (ensemble, version) = EnsembleName.Read(_ensemble.Name, line.GetRequiredValue(_ensemble));
        var request = _options.Read(line, ensemble, version);
        var curves = Curves(line, request);
        await using var calls = surroundings.To(choice);
        if (request.Data is { } data)
            request = request with { Data = await new Upload(surroundings, calls).Bring(data, choice) };
        var evaluation = await new EvaluationFollower(surroundings, calls).Follow(request);
        if ((evaluation.Pairs?.Curve ?? evaluation.References?.Curve) is { } points)
        {
            foreach (var curve in curves)
                curve.Write(points);
        }

        surroundings.Terminal.Answer(
            format, EvaluationDocument.Of(evaluation), DocumentsJson.Default.EvaluationDocument, console => EvaluationReport.Write(console, evaluation));
        return ExitCode.Done;
    }

    /// <summary>Checks the files before anything is evaluated.</summary>
    private CurveFile[] Curves(ParseResult line, EvaluationRequest request)
    {
        CurveFile[] curves =
        [
            .. new[] { line.GetValue(_roc) is { } roc ? CurveFile.Roc(_roc.Name, roc) : null, line.GetValue(_det) is { } det ? CurveFile.Det(_det.Name, det) : null }
                .OfType<CurveFile>(),
        ];
        if (curves.Length > 0 && request.Protocol is EvaluationProtocol.OneShot)
            throw new BadInputException($"{curves[0].Option}: one-shot trials have no threshold to vary; leave it out.");
        if (curves is [var one, var other] && one.Path == other.Path)
            throw new BadInputException($"{one.Option} and {other.Option} name the same file; use two different files.");
        foreach (var curve in curves)
            curve.Check();
        return curves;
    }
}
