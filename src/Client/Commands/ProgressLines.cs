namespace Siamese.Client.Commands;

/// <summary>Lines on standard error about long work, at most one every few seconds.</summary>
internal sealed class ProgressLines(Surroundings surroundings)
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(3);

    private long _last = surroundings.Clock.GetTimestamp();

    public void Say(Func<string> line)
    {
        if (surroundings.Clock.GetElapsedTime(_last) < _period)
            return;
        _last = surroundings.Clock.GetTimestamp();
        surroundings.Terminal.Error.WriteLine(line());
    }
}
