using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Galleries;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;
using Siamese.Client.Verdicts;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands;

/// <summary>`identify IMAGE`: finds the enrolled names that an image most likely shows.</summary>
internal sealed class IdentifyCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _image = new("IMAGE") { Description = "Image file: PNG, JPEG, BMP or PGM." };
    private readonly Option<string> _top = new("--top") { HelpName = "K", Description = "Number of names to list, nearest first.", DefaultValueFactory = _ => "5" };
    private readonly Option<string?> _ensemble = EnsembleOption.Versioned();

    public Command Describe()
    {
        var command = new Command("identify", "Find which enrolled name an image shows.") { _image, _top, _ensemble };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice) = (common.Format(line), common.Cluster(line));
        var (named, version) = EnsembleOption.NameAndVersion(line, _ensemble);
        var top = CommaList.WholeNumber(
            _top.Name, line.GetValue(_top) ?? "", n => n is >= 1 and <= IIdentifyGrain.MaximumTop, $"from 1 to {IIdentifyGrain.MaximumTop}");
        var image = await ImageReading.Read(line.GetRequiredValue(_image), surroundings.End);
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await NewestEnsemble.Find(calls, surroundings.End);
        var answer = await Readiness.Wait(
            surroundings, calls, (cluster, token) => cluster.Identifying(ensemble).Identify(image, top, version, token), its => its.Progress);
        var identification = answer.Identification!;
        surroundings.Terminal.Answer(
            format, IdentificationDocument.Of(identification), Documents.Default.IdentificationDocument,
            console => GalleryReport.Write(console, identification, isNewest: named is null));
        return ExitCode.Done;
    }
}
