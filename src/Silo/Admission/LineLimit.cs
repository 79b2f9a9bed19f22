namespace Siamese.Silo.Admission;

/// <summary>
/// Decides which lines about refusals are logged, so that strangers cannot fill the disk: each line once in ten seconds, and
/// few different ones. The others are counted.
/// </summary>
internal sealed class LineLimit : IDisposable
{
    /// <summary>The time in which a line is logged once.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _lines = new(StringComparer.Ordinal);
    private readonly int _most;
    private readonly Action<long> _onOmitted;
    private readonly ITimer _timer;
    private long _omitted;

    /// <param name="most">Number of different lines in that time.</param>
    /// <param name="onOmitted">Called at its end with the number of lines that were not logged, unless that is zero.</param>
    /// <param name="time">The time.</param>
    public LineLimit(int most, Action<long> onOmitted, TimeProvider time)
    {
        (_most, _onOmitted) = (most, onOmitted);
        _timer = time.CreateTimer(_ => End(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether to log a line.</summary>
    public bool Admits(string line)
    {
        lock (_lock)
        {
            if (_lines.Count == 0)
                _timer.Change(Window, Timeout.InfiniteTimeSpan);
            if (_lines.Count < _most && _lines.Add(line))
                return true;
            _omitted++;
            return false;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void End()
    {
        long omitted;
        lock (_lock)
        {
            (omitted, _omitted) = (_omitted, 0);
            _lines.Clear();
        }

        if (omitted > 0)
            _onOmitted(omitted);
    }
}
