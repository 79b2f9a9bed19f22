using System.Text.Json.Serialization.Metadata;
using Siamese.Client.Connections;
using Siamese.Client.Outcomes;
using Siamese.Client.Words;
using Siamese.Contracts.Documents;
using Siamese.Contracts.Sweeps;
using Spectre.Console;

namespace Siamese.Client.Commands.Following;

/// <summary>Watches a sweep to its end, reports the result and returns the exit code.</summary>
/// <param name="tensorBoard">Folder for event files for TensorBoard; null for none.</param>
internal sealed class Watching(Surroundings surroundings, Calls calls, OutputFormat format, string? tensorBoard = null)
{
    /// <summary>Shows the sweep; on standard error if standard output is for a document.</summary>
    public ISweepView View { get; } = tensorBoard is null ? Plain(surroundings, format) : new TensorBoardView(Plain(surroundings, format), tensorBoard, surroundings.End);

    /// <param name="sweep">Its id.</param>
    /// <param name="slotLimit">Maximum number of its trials that run at once; for the estimate.</param>
    /// <param name="from">Cursor up to which ended trials are already known.</param>
    /// <param name="page">A line about the sweep's page; null for none.</param>
    public async Task<int> ToTheEnd(string sweep, int? slotLimit = null, int from = 0, string? page = null)
    {
        var follower = new SweepFollower(
            calls, sweep, slotLimit, View, new(surroundings.Terminal), surroundings.Interruptions, surroundings.Clock, page);
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
            // Ctrl-C with nobody to ask, or SIGTERM: reported below as if the user had chosen to leave.
        }
        surroundings.Terminal.Error.WriteLine(SweepLines.GoesOn(sweep));
        return ExitCode.Cancelled;
    }

    /// <summary>Follows a sweep that was made to continue; if detached, only tells what was done.</summary>
    /// <param name="before">The sweep before it was made to continue: trials that had ended by then are not shown again.</param>
    /// <param name="said">What was done, as a sentence.</param>
    /// <param name="document">The same for a program that does not follow the sweep.</param>
    public async Task<int> Resume<T>(SweepProgress before, bool detach, string said, T document, JsonTypeInfo<T> type)
    {
        if (detach)
        {
            surroundings.Terminal.Answer(format, document, type, console => console.WriteLine(said));
            return ExitCode.Done;
        }

        View.Say(said);
        return await ToTheEnd(before.Sweep, from: before.CursorEnd);
    }

    private static ISweepView Plain(Surroundings surroundings, OutputFormat format) =>
        format == OutputFormat.Json ? new PlainView(surroundings.Terminal.Error, surroundings.Clock)
        : surroundings.Terminal.IsLive ? new LiveView(surroundings.Terminal.Console)
        : new PlainView(surroundings.Terminal.Out, surroundings.Clock);

    private async Task<int> Report(SweepProgress progress)
    {
        var trials = await calls.Make((cluster, token) => cluster.Sweep(progress.Sweep).GetTrials(token), surroundings.End);
        surroundings.Terminal.Answer(
            format, SweepDocument.Of(progress, trials), DocumentsJson.Default.SweepDocument,
            console => SweepReport.Write(console, progress, trials));
        return progress switch
        {
            { Phase: SweepPhase.Cancelled } => ExitCode.Cancelled,
            { Ensemble: null } => ExitCode.NoUsableMember,
            _ => ExitCode.Done,
        };
    }
}
