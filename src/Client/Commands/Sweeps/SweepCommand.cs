using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Commands.Backbones;
using Siamese.Client.Commands.Following;
using Siamese.Client.Commands.Uploads;
using Siamese.Client.Connections;
using Siamese.Client.Files;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Spectre.Console;

namespace Siamese.Client.Commands.Sweeps;

/// <summary>`sweep`: submits a sweep, follows it to its end and reports the result.</summary>
internal sealed class SweepCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly SweepOptions _options = new();
    private readonly DataOptions _data = new();
    private readonly BackboneOptions _backbone = new();
    private readonly Option<string?> _tensorBoard = Arguments.TensorBoard();

    public Command Describe()
    {
        var command = new Command("sweep", "Train every combination of the listed hyperparameters and form an ensemble of the best.");
        _options.AddTo(command);
        _data.AddTo(command);
        _backbone.AddTo(command);
        command.Add(_tensorBoard);
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var format = common.Format(line);
        var choice = common.Cluster(line, _options.Slots(line));
        var order = _options.Read(line, _data.Read(line));
        var backbones = BackboneUpload.FilesOf(order.Request.Space);
        var settings = _backbone.Read(line, isAsked: backbones.Count > 0);
        if (order.MustAsk && !surroundings.Terminal.CanAsk)
            throw new BadInputException($"The sweep has {order.Trials} trials, more than {SweepOrder.UnaskedTrials}; pass --yes to train them all.");
        if (line.GetValue(_tensorBoard) is not null && order.Detach)
            throw new BadInputException($"{_tensorBoard.Name}: with --detach, nobody is there to write; leave out --detach, or follow the sweep with `client watch {order.Id} {_tensorBoard.Name} DIR`.");
        var events = line.GetValue(_tensorBoard) is { } folder ? OutputFolder.Make(_tensorBoard.Name, folder) : null;
        await using var calls = surroundings.To(choice);
        var request = order.Request with
        {
            Data = await new Upload(surroundings, calls).Bring(order.Request.Data, choice),
            Space = await new BackboneUpload(surroundings, calls).Bring(order.Request.Space, backbones, settings),
        };
        await calls.Make((cluster, token) => cluster.Sweep(order.Id).Submit(request, token), surroundings.End);
        var page = await PageAddress.OfCluster(calls, surroundings.End) is { } start ? $"Watch it in a browser: {PageAddress.OfSweep(start, order.Id)}" : null;
        var watching = new Watching(surroundings, calls, format, events);
        foreach (var remark in order.Remarks)
            watching.View.Say(remark);
        return order.Detach
            ? await Detach(order, calls, format, page)
            : await watching.ToTheEnd(order.Id, order.Request.Slots, page: page);
    }

    /// <summary>Waits until the data has been read, so that bad data is still reported.</summary>
    private async Task<int> Detach(SweepOrder order, Calls calls, OutputFormat format, string? page)
    {
        var progress = await Prepared(order.Id, calls);
        if (progress.Phase == SweepPhase.Rejected)
            throw new BadInputException(progress.Problem ?? $"Sweep {order.Id} was rejected.");
        surroundings.Terminal.Answer(format, StatusDocument.Of(progress, drifts: []), DocumentsJson.Default.StatusDocument, console =>
        {
            console.WriteLine(SweepLines.Opening(progress, order.Request.Slots));
            console.WriteLine(SweepLines.GoesOn(order.Id));
            if (page is not null)
                console.WriteLine(page);
        });
        return ExitCode.Done;
    }

    private async Task<SweepProgress> Prepared(string id, Calls calls)
    {
        while (true)
        {
            var progress = await calls.Make((cluster, token) => cluster.Sweep(id).GetProgress(0, token), surroundings.End);
            if (progress.Plan is not null || progress.Phase == SweepPhase.Rejected)
                return progress;
            await Task.Delay(TimeSpan.FromMilliseconds(300), surroundings.Clock, surroundings.End);
        }
    }
}
