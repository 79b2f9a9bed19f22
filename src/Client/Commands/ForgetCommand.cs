using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Output;
using Siamese.Client.Output.Json;
using Siamese.Contracts;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>`forget NAME`: takes a name out again, with its images and all that was made of them.</summary>
internal sealed class ForgetCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _name = new("NAME") { Description = "Who or what is enrolled." };
    private readonly Option<string?> _ensemble = EnsembleOption.Named();

    public Command Describe()
    {
        var command = new Command("forget", "Take out a name that is enrolled, with its images and all that was made of them.") { _name, _ensemble };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, choice, named) = (common.Format(line), common.Cluster(line), EnsembleOption.Name(line, _ensemble));
        var name = line.GetRequiredValue(_name);
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await NewestEnsemble.Find(calls, surroundings.End);
        // Asked first: a call that is made again because its answer was lost finds nobody any more.
        var names = await calls.Make((cluster, token) => cluster.Gallery(ensemble).GetNames(token), surroundings.End);
        var known = names.FirstOrDefault(enrolled => enrolled.Name == name)
            ?? throw new BadInputException($"Nobody is enrolled as '{name}' with ensemble {ensemble}; `client enrolled` lists who is.");
        var forgotten = await calls.Make((cluster, token) => cluster.Gallery(ensemble).Forget(name, token), surroundings.End);
        surroundings.Terminal.Answer(
            format, new ForgottenDocument(ensemble, name, known.Images, forgotten.FreedBytes), Documents.Default.ForgottenDocument,
            console => console.WriteLine($"Forgot {name}, of {Figures.Of(known.Images, "image")}, in the gallery of ensemble {ensemble}."));
        return ExitCode.Done;
    }
}
