using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands.Following;

/// <summary>Lines for a file or a pipe: one for each trial that ends, and the total every ten seconds.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider clock) : ISweepView
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(10);

    private long? _lastTotal;

    public void Say(string line) => output.WriteLine(line);

    public Task Show(SweepProgress progress, TrialLabels labels)
    {
        foreach (var line in EndedTrials.Lines(progress.Ended, labels))
            Say(line);
        _lastTotal ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(_lastTotal.Value) >= _period)
        {
            _lastTotal = clock.GetTimestamp();
            Say(SweepLines.Total(progress));
            foreach (var trial in progress.Running)
                Say("  " + SweepLines.Running(trial, labels));
        }
        return Task.CompletedTask;
    }

    public Task Pause() => Task.CompletedTask;
}
