using Siamese.Client.Words;
using Siamese.Contracts.Wording;

namespace Siamese.Client.Commands;

/// <summary>
/// The progress of long work on standard error: on a terminal one line with a bar, which is redrawn, and removed at the end;
/// otherwise a line every few seconds.
/// </summary>
internal sealed class ProgressLine(Surroundings surroundings) : IDisposable
{
    private const int BarWidth = 24;

    /// <summary>A narrower terminal has room for the figures only.</summary>
    private const int WithBar = 60;

    /// <summary>Share of the work after which the time left can be estimated.</summary>
    private const double Begun = 0.02;

    private static readonly TimeSpan _apart = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _redrawn = TimeSpan.FromMilliseconds(100);

    private readonly long _start = surroundings.Clock.GetTimestamp();
    private long _last = surroundings.Clock.GetTimestamp();
    private int _shown;

    /// <summary>Shows how far the work is, if it was not shown just before.</summary>
    /// <param name="share">The part that is done, 0 to 1.</param>
    /// <param name="text">A sentence with the figures.</param>
    public void Say(double share, Func<string> text)
    {
        var (error, width) = (surroundings.Terminal.Error, surroundings.Terminal.ErrorWidth);
        if (surroundings.Clock.GetElapsedTime(_last) < (width is null ? _apart : _redrawn))
            return;
        _last = surroundings.Clock.GetTimestamp();
        if (width is not { } room)
        {
            error.WriteLine(text());
            return;
        }

        var (done, rest) = room < WithBar ? ("", "") : Bar.Of(share, BarWidth, surroundings.Terminal.Console.Profile.Capabilities.Unicode);
        // In the last column, some terminals begin another line.
        var line = Figures.Crop($"{done}{rest} {text()}{Left(share)}".TrimStart(), room - 1);
        error.Write($"\r{line.PadRight(_shown)}");
        _shown = line.Length;
    }

    /// <summary>Removes the line, so that what follows begins on an empty one.</summary>
    public void Dispose()
    {
        if (_shown > 0)
            surroundings.Terminal.Error.Write($"\r{new string(' ', _shown)}\r");
        _shown = 0;
    }

    private string Left(double share)
    {
        var elapsed = surroundings.Clock.GetElapsedTime(_start);
        return share is > Begun and < 1 && elapsed > _apart ? $" About {Figures.Duration(elapsed.TotalSeconds * (1 - share) / share)} left." : "";
    }
}
