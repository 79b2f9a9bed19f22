using Siamese.Client.CommandLine;
using Siamese.Client.Connections;
using Siamese.Client.Output.Json;
using Siamese.Client.Output.Reports;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Following;

/// <summary>A sweep watched to its end, with the report and the exit code that follow from it.</summary>
internal sealed class Watching(Surroundings surroundings, Calls calls, OutputFormat format)
{
    /// <summary>Where the sweep is shown; on standard error where standard output is for a document.</summary>
    public ISweepView View { get; } =
        format == OutputFormat.Json ? new PlainView(surroundings.Terminal.Error, surroundings.Clock)
        : surroundings.Terminal.IsLive ? new LiveView(surroundings.Terminal.Console)
        : new PlainView(surroundings.Terminal.Out, surroundings.Clock);

    /// <param name="sweep">Its id.</param>
    /// <param name="slotLimit">At most so many trials of it run at a time; for the estimate.</param>
    /// <param name="from">The cursor up to which what has ended is known already.</param>
    public async Task<int> ToTheEnd(string sweep, int? slotLimit = null, int from = 0)
    {
        var follower = new SweepFollower(
            calls, sweep, slotLimit, View, new(surroundings.Terminal), surroundings.Interruptions, surroundings.Clock);
        try
        {
            var progress = await follower.Follow(from, surroundings.End);
            if (progress is not null)
                return await Report(progress);
            if (follower.IsDeclined)
                return ExitCode.Cancelled;
        }
        catch (OperationCanceledException) when (surroundings.End.IsCancellationRequested)
        {
            // Ctrl-C with nobody to ask, or SIGTERM: told below as when the user chose to leave.
        }
        surroundings.Terminal.Error.WriteLine(SweepLines.GoesOn(sweep));
        return ExitCode.Cancelled;
    }

    private async Task<int> Report(SweepProgress progress)
    {
        var trials = await calls.Make((cluster, token) => cluster.Sweep(progress.Sweep).GetTrials(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, SweepDocument.Of(progress, trials), Documents.Default.SweepDocument,
            console => SweepReport.Write(console, progress, trials));
        return progress switch
        {
            { Phase: SweepPhase.Cancelled } => ExitCode.Cancelled,
            { Ensemble: null } => ExitCode.NoUsableMember,
            _ => ExitCode.Done,
        };
    }
}
