using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Wording;
using Spectre.Console;

namespace Siamese.Client.Commands.Galleries;

/// <summary>`forget NAME`: removes a name from the gallery, with its images and everything derived from them.</summary>
internal sealed class ForgetCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Enrolled name to forget." };
    private readonly Option<string?> _ensemble = EnsembleOption.Named();

    private readonly Confirmation _confirmation = new(surroundings);

    public Command Describe()
    {
        var command = new Command("forget", "Remove an enrolled name, its images and everything derived from them.") { _name, _ensemble };
        _confirmation.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, named) = (common.Format(line), common.Cluster(line), EnsembleOption.Name(line, _ensemble));
        var name = line.GetRequiredValue(_name);
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await EnsembleLookup.Newest(calls, surroundings.End);
        // Ask first: a call that is repeated because its answer was lost no longer finds the name.
        var names = await calls.Make((cluster, token) => cluster.Gallery(ensemble).GetNames(token), surroundings.End);
        var known = names.FirstOrDefault(enrolled => enrolled.Name == name)
            ?? throw new BadInputException($"Nobody is enrolled as '{name}' with ensemble {ensemble}; `client enrolled` lists who is.");
        if (!await _confirmation.IsGiven(line, $"Forget {name}, with {Figures.Of(known.Images, "image")}, in the gallery of ensemble {ensemble}"))
            return ExitCode.Cancelled;
        var forgotten = await calls.Make((cluster, token) => cluster.Gallery(ensemble).Forget(name, token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new ForgottenDocument(ensemble, name, known.Images, forgotten.FreedBytes), ForgottenJson.Default.ForgottenDocument,
            console => console.WriteLine($"Forgot {name}, with {Figures.Of(known.Images, "image")}, in the gallery of ensemble {ensemble}."));
        return ExitCode.Done;
    }
}

/// <summary>Who `forget` removed, and how much space that freed.</summary>
internal sealed record ForgottenDocument(string Ensemble, string Name, int Images, long FreedBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ForgottenDocument))]
internal sealed partial class ForgottenJson : JsonSerializerContext;
