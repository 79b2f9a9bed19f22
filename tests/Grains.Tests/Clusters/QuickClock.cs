namespace Siamese.Grains.Tests.Clusters;

/// <summary>
/// A clock that a test can put forward. Timers of up to a second, which drive sweeps and the slots' search for work, run
/// ten times as fast, so that tests need not wait for them.
/// </summary>
internal sealed class QuickClock : TimeProvider
{
    private const int Quicker = 10;
    private long _ahead;
    private long _dateAhead;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _ahead);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _dateAhead));

    /// <summary>Moves the date only: Orleans would take its own timestamps for outdated.</summary>
    public void PutDateForward(TimeSpan by) => Interlocked.Add(ref _dateAhead, by.Ticks);

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new QuickTimer(System.CreateTimer(callback, state, Quick(dueTime), Quick(period)));

    private static TimeSpan Quick(TimeSpan span) =>
        span > TimeSpan.Zero && span <= TimeSpan.FromSeconds(1) ? span / Quicker : span;

    /// <summary>Orleans sets grain timers again after each tick.</summary>
    private sealed class QuickTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Quick(dueTime), Quick(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
