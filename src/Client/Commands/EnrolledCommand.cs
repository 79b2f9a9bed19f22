using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;

namespace Siamese.Client.Commands;

/// <summary>`enrolled`: lists who is enrolled with an ensemble.</summary>
internal sealed class EnrolledCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Option<string?> _ensemble = EnsembleOption.Named();

    public Command Describe()
    {
        var command = new Command("enrolled", "List who is enrolled with an ensemble.") { _ensemble };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, named) = (common.Format(line), common.Cluster(line), EnsembleOption.Name(line, _ensemble));
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await NewestEnsemble.Find(calls, surroundings.End);
        var names = await calls.Make((cluster, token) => cluster.Gallery(ensemble).GetNames(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new EnrolledDocument(ensemble, names), Documents.Default.EnrolledDocument, console => GalleryReport.Write(console, ensemble, names));
        return ExitCode.Done;
    }
}
