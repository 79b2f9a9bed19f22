using System.CommandLine;
using Siamese.Client.CommandLine;

namespace Siamese.Client.Commands.Following;

/// <summary>`watch SWEEP`: follows a submitted sweep; a sweep that has ended is reported at once.</summary>
internal sealed class WatchCommand(Surroundings surroundings, CommonOptions common) : ICommand
{
    private readonly Argument<string> _sweep = Arguments.Sweep();

    public Command Describe()
    {
        var command = new Command("watch", "Follow a sweep to its end.") { _sweep };
        command.SetAction(Run);
        return command;
    }

    private async Task<int> Run(ParseResult line)
    {
        var (format, sweep) = (common.Format(line), Arguments.Sweep(line, _sweep));
        await using var calls = surroundings.To(common.Cluster(line));
        return await new Watching(surroundings, calls, format).ToTheEnd(sweep);
    }
}
