using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Data;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>`identify IMAGE`: finds the enrolled names that an image most likely shows.</summary>
internal sealed class IdentifyCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _image = new("IMAGE") { Description = $"Image file ({DataFiles.Formats}), file of pen strokes, or vector (.npy)." };
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
        var top = Numbers.Whole(
            _top.Name, line.GetValue(_top) ?? "", n => n is >= 1 and <= IIdentifyGrain.MaximumTop, $"from 1 to {IIdentifyGrain.MaximumTop}");
        var image = await ImageReading.ReadWithStrokes(line.GetRequiredValue(_image), surroundings.End);
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await EnsembleLookup.Newest(calls, surroundings.End);
        var answer = await Readiness.Wait(
            surroundings, calls, (cluster, token) => cluster.Identifying(ensemble).Identify(image, top, version, token), its => its.Progress);
        var identification = answer.Identification!;
        surroundings.Terminal.Answer(
            format, IdentificationDocument.Of(identification), DocumentsJson.Default.IdentificationDocument,
            console => GalleryReport.Write(console, identification, isNewest: named is null));
        return ExitCode.Done;
    }
}
