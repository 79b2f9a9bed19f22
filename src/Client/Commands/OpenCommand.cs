using System.CommandLine;
using System.Text.Json.Serialization;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Client.Terminals;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Spectre.Console;

namespace Siamese.Client.Commands;

/// <summary>`open [SWEEP|ENSEMBLE]`: prints the address of the web page, and opens it in a browser.</summary>
internal sealed class OpenCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string?> _name = new("SWEEP|ENSEMBLE")
    {
        Description = "Id of the sweep, or name of its ensemble. [default: the overview]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Command Describe()
    {
        var command = new Command("open", "Show the web page of the cluster, or of one sweep.") { _name };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var name = line.GetValue(_name) is { } stated ? SweepId.Check(_name.Name, stated) : null;
        await using var calls = surroundings.To(common.Cluster(line));
        var page = await PageAddress.OfCluster(calls, surroundings.End)
            ?? throw new BadInputException("The client knows only the address of the local silo's page; with --silo, open the address of a silo that was started with --http.");
        var address = name is null ? page : await Find(calls, page, name);
        surroundings.Terminal.Answer(format, new(address), OpenJson.Default.OpenDocument, console => console.WriteLine(address.AbsoluteUri));
        if (surroundings.Terminal.IsLive && !Browser.TryOpen(address))
            surroundings.Terminal.Error.WriteLine("There is no browser here; open the address in one.");
        return ExitCode.Done;
    }

    /// <exception cref="BadInputException">There is no such sweep, or it has no page.</exception>
    private async Task<Uri> Find(Calls calls, Uri page, string name)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        var entry = board.FirstOrDefault(entry => entry.Sweep == name) ?? throw SweepLookup.Unknown(name);
        return entry.IsImported
            ? throw new BadInputException($"Ensemble '{name}' was imported and has no page of its own; `client ensembles {name}` shows it.")
            : PageAddress.OfSweep(page, name);
    }
}

/// <summary>The address of a page.</summary>
internal sealed record OpenDocument(Uri Address);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(OpenDocument))]
internal sealed partial class OpenJson : JsonSerializerContext;
