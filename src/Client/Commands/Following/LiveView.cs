using Siamese.Client.Commands.Trials;
using Siamese.Client.Words;
using Siamese.Contracts.Sweeps;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Siamese.Client.Commands.Following;

/// <summary>Lines that are redrawn on a terminal: one for each running trial, and the total below.</summary>
internal sealed class LiveView(IAnsiConsole console) : ISweepView
{
    private LiveDisplayContext? _display;
    private TaskCompletionSource? _end;
    private Task _running = Task.CompletedTask;

    /// <remarks>While the display is up, a line overwrites it up to the edge; otherwise the end of a longer line would stay.</remarks>
    public void Say(string line) => console.WriteLine(_display is null ? line : line.PadRight(console.Profile.Width - 1));

    public async Task Show(SweepProgress progress, TrialLabels labels)
    {
        foreach (var line in EndedTrials.Lines(progress.Ended, labels))
            Say(line);
        var picture = Draw(progress, labels, console.Profile.Width, console.Profile.Height);
        if (_display is null)
            await Start(picture);
        _display!.UpdateTarget(picture);
    }

    public async Task Pause()
    {
        _end?.TrySetResult();
        await _running;
        (_display, _end) = (null, null);
    }

    /// <summary>Every line fits the width, because a wrapped line would be redrawn in the wrong place; all lines fit the height.</summary>
    public static IRenderable Draw(SweepProgress progress, TrialLabels labels, int width, int height)
    {
        var room = Math.Max(1, height - 3);
        var lines = progress.Running.Take(room).Select(trial => SweepLines.Running(trial, labels, width - 1)).ToList();
        if (progress.Running.Length > room)
            lines.Add($"and {progress.Running.Length - room} more");
        lines.Add(SweepLines.Total(progress));
        return new Rows(lines.Select(line => new Text(Figures.Crop(line, width - 1))));
    }

    // Spectre's live display lasts as long as its callback; this one waits until Pause.
    private async Task Start(IRenderable picture)
    {
        var started = new TaskCompletionSource<LiveDisplayContext>();
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _end = end;
        _running = console.Live(picture).AutoClear(true).StartAsync(context =>
        {
            started.SetResult(context);
            return end.Task;
        });
        _display = await started.Task;
    }
}
