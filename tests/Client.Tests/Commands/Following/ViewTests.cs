using Siamese.Client.Commands.Following;
using Siamese.Client.Terminals;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Tests.Commands.Following;

public sealed class ViewTests
{
    private static readonly TrialLabels _labels = new([Some.Spec(1), Some.Spec(2)]);

    [Fact]
    public async Task Without_a_terminal_each_ended_trial_is_a_line_and_the_total_comes_every_ten_seconds()
    {
        using var writer = new StringWriter();
        var clock = new SkippingClock();
        var view = new PlainView(writer, clock);
        var running = Some.Progress(SweepPhase.Running) with { Running = [Some.Running()], Waiting = 1, WaitingFor = "for a free slot" };

        await view.Show(running with { Ended = [Some.Trial()], EndedInAll = 1, CursorEnd = 1 }, _labels);
        await view.Show(running, _labels);
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        await view.Show(running with { EndedInAll = 1, CursorEnd = 1 }, _labels);

        Assert.Equal(
            """
            3fa94c21 margin 2: completed, validation EER 2.31 %, 41 s
            1 min 35 s: 1/3 trials ended, 1 running, 1 waiting for a free slot
              b5d1aa00 margin 5  epoch 7/20  loss 0.1234  EER 3.21 %  38 s left

            """,
            writer.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Thousands_of_reused_trials_are_one_line()
    {
        using var writer = new StringWriter();
        var trials = Enumerable.Repeat(Some.Trial() with { Reused = true }, 500).ToArray();

        await new PlainView(writer, new SkippingClock()).Show(Some.Progress(SweepPhase.Running, trials), _labels);

        Assert.Equal("500 trials ended, 500 of them reused\n", writer.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(100, "━━━━────────  █▃▁       b5d1aa00 margin 5  epoch 7/20  loss 0.1234  EER 3.21 %  38 s left")]
    [InlineData(78, "━━━━────────  b5d1aa00 margin 5  epoch 7/20  EER 3.21 %  38 s left")]
    [InlineData(70, "b5d1aa00 margin 5  epoch 7/20  loss 0.1234  EER 3.21 %  38 s left")]
    [InlineData(60, "b5d1aa00 margin 5  epoch 7/20  EER 3.21 %  38 s left")]
    [InlineData(48, "b5d1aa00  epoch 7/20  EER 3.21 %  38 s left")]
    [InlineData(24, "b5d1aa00  epoch 7/20  …")]
    public void The_live_line_of_a_trial_omits_what_does_not_fit(int width, string line) =>
        Assert.Equal(line, Draw(1, width, height: 24)[0]);

    [Fact]
    public void A_terminal_without_other_characters_has_bars_of_ASCII_and_no_courses() =>
        Assert.Equal("####........  b5d1aa00 margin 5  epoch 7/20  loss 0.1234  EER 3.21 %  38 s left", Draw(1, width: 100, height: 24, isUnicode: false)[0]);

    [Theory]
    [InlineData(SweepPhase.Preparing, 500, 0, 0, "━━━─────────")]
    [InlineData(SweepPhase.Running, null, 1, 0, "━━━━────────")]
    [InlineData(SweepPhase.Running, null, 1, 2, "━━━━━━──────")]
    [InlineData(SweepPhase.Forming, null, 3, 0, "━━━━━━━━━━━━")]
    public void The_bar_of_the_sweep_counts_images_that_are_read_and_then_trials_and_their_epochs(SweepPhase phase, int? read, int ended, int running, string bar)
    {
        var progress = Some.Progress(phase) with
        {
            Running = [.. Enumerable.Repeat(Some.Running(), running)],
            EndedInAll = ended,
            Reading = read is { } images ? new ImagesRead(images, 2000) : null,
        };

        Assert.StartsWith(bar + "  ", Draw(progress, width: 80, height: 24, isUnicode: true)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void While_features_are_computed_the_bar_and_the_line_count_them()
    {
        var progress = Some.Progress(SweepPhase.Running) with { Running = [Some.Running()], Features = new ImagesRead(500, 2000) };

        var line = Draw(progress, width: 100, height: 24, isUnicode: true)[^1];

        Assert.StartsWith("━━━─────────  ", line, StringComparison.Ordinal);
        Assert.Contains(": computing features, 500 of 2,000 images; ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_live_display_is_never_higher_than_the_terminal()
    {
        var lines = Draw(running: 40, width: 60, height: 10);

        Assert.Equal(9, lines.Length);
        Assert.Equal("and 33 more", lines[^2]);
        Assert.StartsWith("1 min 35 s: 0/3 trials ended, 40 running", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_live_display_can_be_paused_and_resumed()
    {
        using var writer = new StringWriter();
        var view = new LiveView(Terminal.Plain(writer));
        var progress = Some.Progress(SweepPhase.Running, Some.Trial());

        await view.Show(progress, _labels);
        await view.Pause();
        await view.Pause();
        await view.Show(progress, _labels);
        await view.Pause();

        Assert.Equal(2, writer.ToString().Split("completed, validation EER").Length - 1);
    }

    [Fact]
    public async Task A_new_line_overwrites_a_longer_one_completely()
    {
        using var writer = new StringWriter();
        var view = new LiveView(Terminal.Plain(writer, width: 60));
        await view.Show(Some.Progress(SweepPhase.Running), _labels);

        view.Say("3fa94c21: completed");
        await view.Pause();

        Assert.Contains("3fa94c21: completed".PadRight(59) + '\n', writer.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static RunningTrial Running { get; } = Some.Running() with { Epoch = Some.Running().Epoch! with { Curve = [0.0921, 0.0521, 0.0321] } };

    private static string[] Draw(int running, int width, int height, bool isUnicode = true) =>
        Draw(Some.Progress(SweepPhase.Running) with { Running = [.. Enumerable.Repeat(Running, running)] }, width, height, isUnicode);

    private static string[] Draw(SweepProgress progress, int width, int height, bool isUnicode)
    {
        using var writer = new StringWriter();
        Terminal.Plain(writer, width).Write(LiveView.Draw(progress, _labels, width, height, isUnicode));
        return [.. writer.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd())];
    }
}
