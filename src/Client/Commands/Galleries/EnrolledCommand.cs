using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;

namespace Siamese.Client.Commands.Galleries;

/// <summary>`enrolled`: lists who is enrolled with an ensemble.</summary>
internal sealed class EnrolledCommand(Surroundings surroundings, CommonOptions common) : ICommand
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
        var ensemble = named ?? await EnsembleLookup.Newest(calls, surroundings.End);
        var names = await calls.Make((cluster, token) => cluster.Gallery(ensemble).GetNames(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new EnrolledDocument(ensemble, names), EnrolledJson.Default.EnrolledDocument, console => GalleryReport.Write(console, ensemble, names));
        return ExitCode.Done;
    }
}

/// <summary>Who is enrolled with an ensemble, and with how many images.</summary>
internal sealed record EnrolledDocument(string Ensemble, IReadOnlyList<EnrolledName> Names);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EnrolledDocument))]
internal sealed partial class EnrolledJson : JsonSerializerContext;
