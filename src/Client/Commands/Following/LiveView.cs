using Siamese.Client.Words;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Siamese.Client.Commands.Following;

/// <summary>
/// Lines that are redrawn on a terminal: one for each running trial, with a bar of its epochs and the course of its validation
/// EER, and the total below.
/// </summary>
internal sealed class LiveView(IAnsiConsole console) : ISweepView
{
    private const int BarWidth = 12;
    private const int CourseWidth = 8;
    private const string Gap = "  ";

    /// <summary>From this width on there are bars; what a narrower terminal has room for are the figures.</summary>
    private const int WithBars = 72;

    /// <summary>From this width on there is the course of the EER as well.</summary>
    private const int WithCourses = 90;

    private static readonly Style _done = new(Color.Green);
    private static readonly Style _rest = new(Color.Grey);

    private LiveDisplayContext? _display;
    private TaskCompletionSource? _end;
    private Task _running = Task.CompletedTask;

    /// <remarks>While the display is up, a line overwrites it up to the edge; otherwise the end of a longer line would stay.</remarks>
    public void Say(string line) => console.WriteLine(_display is null ? line : line.PadRight(console.Profile.Width - 1));

    public async Task Show(SweepProgress progress, TrialLabels labels)
    {
        foreach (var line in EndedTrials.Lines(progress.Ended, labels))
            Say(line);
        var picture = Draw(progress, labels, console.Profile.Width, console.Profile.Height, console.Profile.Capabilities.Unicode);
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
    public static IRenderable Draw(SweepProgress progress, TrialLabels labels, int width, int height, bool isUnicode)
    {
        var room = Math.Max(1, height - 3);
        var lines = progress.Running.Take(room).Select(trial => Line(DoneOf(trial), CourseOf(trial), text => SweepLines.Running(trial, labels, text))).ToList();
        if (progress.Running.Length > room)
            lines.Add(Line(null, [], text => Figures.Crop($"and {progress.Running.Length - room} more", text)));
        lines.Add(Line(DoneOf(progress), [], text => Figures.Crop(SweepLines.Total(progress), text)));
        return new Rows(lines);

        IRenderable Line(double? share, double[] course, Func<int, string> text)
        {
            var line = new Paragraph { Overflow = Overflow.Crop };
            var left = width - 1;
            if (width >= WithBars)
            {
                var (done, rest) = share is { } known ? Bar.Of(known, BarWidth, isUnicode) : ("", new string(' ', BarWidth));
                line.Append(done, _done).Append(rest + Gap, _rest);
                left -= BarWidth + Gap.Length;
            }

            if (width >= WithCourses && isUnicode)
            {
                line.Append(Bar.Sparkline(course, CourseWidth).PadRight(CourseWidth) + Gap);
                left -= CourseWidth + Gap.Length;
            }

            return line.Append(text(left));
        }
    }

    private static double[] CourseOf(RunningTrial trial) => trial.Epoch is { Curve: { IsDefaultOrEmpty: false } curve } ? [.. curve.Where(double.IsFinite)] : [];

    private static double DoneOf(RunningTrial trial) => (trial.Epoch?.Epoch ?? 0) / (double)trial.Spec.Hyperparameters.Epochs;

    /// <summary>Null if nobody knows how much there is to do.</summary>
    private static double? DoneOf(SweepProgress progress) => progress switch
    {
        { Features: { All: > 0 } features } => features.Read / (double)features.All,
        { Phase: SweepPhase.Preparing } => progress.Reading is { All: > 0 } images ? images.Read / (double)images.All : null,
        { Plan.Trials: > 0 and var trials } => (progress.EndedInAll + progress.Running.Sum(DoneOf)) / trials,
        _ => null,
    };

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
