using Siamese.Client.Commands;

namespace Siamese.Client.Tests.Commands;

/// <summary>The progress of long work, on a terminal and in a file.</summary>
public sealed class ProgressLineTests
{
    private const int Steps = 10;

    [Fact]
    public void On_a_terminal_one_line_is_redrawn_and_removed_at_the_end()
    {
        using var run = new ClientRun { ErrorWidth = 100 };
        Work(run, TimeSpan.FromSeconds(1));

        Assert.DoesNotContain('\n', run.Written);
        var lines = run.Written.Split('\r');
        Assert.Equal(Steps + 3, lines.Length);
        Assert.Equal("", lines[0]);
        Assert.Matches("^[#━]{2}[.─]{22} 1 of 10 images processed\\.$", lines[1]);
        Assert.Matches("^[#━]{12}[.─]{12} 5 of 10 images processed\\. About 5\\.0 s left\\.$", lines[5]);
        Assert.Matches("^[#━]{24} 10 of 10 images processed\\. *$", lines[Steps]);
        Assert.All(lines[2..(Steps + 2)], (line, i) => Assert.True(line.Length >= lines[i + 1].TrimEnd().Length, $"'{line}' leaves a part of '{lines[i + 1]}'"));
        Assert.Matches("^ +$", lines[Steps + 1]);
        Assert.Equal("", lines[Steps + 2]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(59)]
    public void A_narrow_terminal_has_the_figures_only_and_no_line_is_too_long(int width)
    {
        using var run = new ClientRun { ErrorWidth = width };
        Work(run, TimeSpan.FromSeconds(1));

        var lines = run.Written.Split('\r');
        Assert.StartsWith("1 of 10 images", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width - 1));
    }

    [Fact]
    public void In_a_file_there_is_a_line_every_three_seconds()
    {
        using var run = new ClientRun();
        Work(run, TimeSpan.FromSeconds(1));

        Assert.Equal(["3 of 10 images processed.", "6 of 10 images processed.", "9 of 10 images processed.", ""], run.Error.Split('\n'));
    }

    [Fact]
    public void Work_that_ends_soon_leaves_nothing()
    {
        using var run = new ClientRun { ErrorWidth = 100 };
        Work(run, TimeSpan.FromMilliseconds(5));

        Assert.Equal("", run.Written);
    }

    private static void Work(ClientRun run, TimeSpan step)
    {
        using var progress = new ProgressLine(run.Surroundings);
        for (var done = 1; done <= Steps; done++)
        {
            run.Clock.PutForward(step);
            progress.Say((double)done / Steps, () => $"{done} of {Steps} images processed.");
        }
    }
}
