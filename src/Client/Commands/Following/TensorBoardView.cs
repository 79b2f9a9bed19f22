using System.Globalization;
using Siamese.Client.CommandLine;
using Siamese.Client.Files;
using Siamese.Client.TensorBoard;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Another view, that also writes an event file for TensorBoard for each trial that ends: DIR/SWEEP/TRIAL/events….</summary>
/// <param name="folder">The folder that TensorBoard reads.</param>
/// <param name="cancellation">Ends the writing.</param>
internal sealed class TensorBoardView(ISweepView view, string folder, CancellationToken cancellation) : ISweepView
{
    public void Say(string line) => view.Say(line);

    public async Task Show(SweepProgress progress, TrialLabels labels)
    {
        foreach (var trial in progress.Ended.Where(trial => trial is { Status: not TrialStatus.Waiting, Result: not null }))
        {
            var run = OutputFolder.Make(Arguments.TensorBoardOption, Path.Combine(folder, progress.Sweep, Figures.ShortId(trial.Trial)));
            var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{progress.SubmittedAt.ToUnixTimeSeconds()}.siamese");
            await OutputFolder.Write(run, name, [.. TrialEvents.File(trial, progress.SubmittedAt)], cancellation);
        }

        await view.Show(progress, labels);
    }

    public Task Pause() => view.Pause();
}
