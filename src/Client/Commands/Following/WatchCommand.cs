using System.CommandLine;
using Siamese.Client.CommandLine;
using Siamese.Client.Files;

namespace Siamese.Client.Commands.Following;

/// <summary>`watch SWEEP`: follows a submitted sweep; a sweep that has ended is reported at once.</summary>
internal sealed class WatchCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();
    private readonly Option<string?> _tensorBoard = Arguments.TensorBoard();

    public Command Describe()
    {
        var command = new Command("watch", "Follow a sweep to its end.") { _sweep, _tensorBoard };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        var events = line.GetValue(_tensorBoard) is { } folder ? OutputFolder.Make(_tensorBoard.Name, folder) : null;
        await using var calls = surroundings.To(common.Cluster(line));
        return await new Watching(surroundings, calls, format, events).ToTheEnd(sweep);
    }
}
