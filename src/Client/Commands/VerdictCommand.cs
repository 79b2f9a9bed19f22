using System.CommandLine;
using System.Runtime.InteropServices;
using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;

namespace Siamese.Client.Commands;

/// <summary>`verdict A B`: asks an ensemble whether two images show the same thing.</summary>
internal sealed class VerdictCommand(Surroundings surroundings, CommonOptions common)
{
    private readonly Argument<string> _first = new("A") { Description = "An image file: PNG, JPEG, BMP or PGM." };
    private readonly Argument<string> _second = new("B") { Description = "Another one." };

    private readonly Option<string?> _ensemble = new("--ensemble")
    {
        Description = "The ensemble to ask; the newest where none is stated.",
        HelpName = "NAME",
    };

    public Command Describe()
    {
        var command = new Command("verdict", "Ask an ensemble whether two images show the same thing.") { _first, _second, _ensemble };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var choice = common.Cluster(line);
        var named = line.GetValue(_ensemble) is { } name ? SweepName.Check(_ensemble.Name, name) : null;
        var first = await Read(line.GetRequiredValue(_first));
        var second = await Read(line.GetRequiredValue(_second));
        await using var calls = surroundings.To(choice);
        var ensemble = named ?? await Newest(calls);
        var verdict = await calls.Make((cluster, token) => cluster.Verdicts(ensemble).Judge(first, second, token), surroundings.End);
        surroundings.Terminal.Answer(
            format, VerdictDocument.Of(verdict), Documents.Default.VerdictDocument,
            console => VerdictReport.Write(console, verdict, isNewest: named is null));
        return ExitCode.Done;
    }

    private async Task<string> Newest(Calls calls)
    {
        var board = await calls.Make((cluster, token) => cluster.Board.List(token), surroundings.End);
        return board.Where(entry => entry.HasEnsemble).MaxBy(entry => entry.FormedAt)?.Sweep
            ?? throw new BadInputException("There is no ensemble yet to ask; `client sweep --margins 1,2,5` trains one.");
    }

    private async Task<ImageFile> Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new BadInputException($"'{path}' is a folder, not an image file.");
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new BadInputException($"There is no image file '{path}'.");
            if (file.Length > ImageFile.MaximumBytes)
                throw new BadInputException($"'{path}' has {file.Length / 1e6:0.0} MB; an image file may have {ImageFile.MaximumBytes / (1024 * 1024)} MB.");
            var bytes = await File.ReadAllBytesAsync(path, surroundings.End);
            return new(path, ImmutableCollectionsMarshal.AsImmutableArray(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The image file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
