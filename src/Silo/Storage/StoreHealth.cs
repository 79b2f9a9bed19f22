using Siamese.Contracts.Clusters;
using Siamese.Silo.Health;

namespace Siamese.Silo.Storage;

/// <summary>Since when a store has been unreachable, full or read-only. Can be used from any thread.</summary>
internal sealed class StoreHealth(TimeProvider time) : IReadiness
{
    /// <summary>A store that has been away for longer is a problem: a restart of a server takes less.</summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);

    /// <summary>A failed write says nothing about the store for longer than this.</summary>
    private static readonly TimeSpan _remembered = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Failures? _reading;
    private Failures? _writing;

    /// <summary>How long every attempt to reach it has failed.</summary>
    public TimeSpan UnreachableFor
    {
        get
        {
            lock (_lock)
                return _reading is { } failures ? time.GetElapsedTime(failures.First) : TimeSpan.Zero;
        }
    }

    /// <summary>Why the store cannot be used, if that has been so for longer than <see cref="Tolerated"/>; else null.</summary>
    public string? Problem
    {
        get
        {
            lock (_lock)
                return ProblemOf(_reading) ?? (_writing is { } writing && time.GetElapsedTime(writing.Last) < _remembered ? ProblemOf(writing) : null);
        }
    }

    /// <summary>Why the store cannot be used at this moment, even if that may pass; null if it can.</summary>
    public StoreTrouble? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _reading is { } away ? new(Answers: false, time.GetElapsedTime(away.First).TotalSeconds, away.Reason)
                    : _writing is { } writing && time.GetElapsedTime(writing.Last) < _remembered ? new(Answers: true, time.GetElapsedTime(writing.First).TotalSeconds, writing.Reason)
                    : null;
            }
        }
    }

    /// <summary>How large the store was when somebody measured it; null if nobody has.</summary>
    public StoreSize? Size { get; private set; }

    /// <summary>The store was measured.</summary>
    public void WasMeasured(StoreSize size) => Size = size;

    /// <summary>Something was read.</summary>
    public void WasRead()
    {
        lock (_lock)
            _reading = null;
    }

    /// <summary>Something was written.</summary>
    public void WasWritten()
    {
        lock (_lock)
            (_reading, _writing) = (null, null);
    }

    /// <summary>The store did not answer.</summary>
    public void IsUnreachable(string reason)
    {
        lock (_lock)
            _reading = After(_reading, reason);
    }

    /// <summary>The store can be reached, but something could not be written: it may be full, or read-only.</summary>
    public void WasNotWritten(string reason)
    {
        lock (_lock)
            _writing = After(_writing is { } writing && time.GetElapsedTime(writing.Last) >= _remembered ? null : _writing, reason);
    }

    private Failures After(Failures? before, string reason) => new(before?.First ?? time.GetTimestamp(), time.GetTimestamp(), reason);

    private string? ProblemOf(Failures? failures) => failures is not null && time.GetElapsedTime(failures.First) is var away && away > Tolerated
        ? FormattableString.Invariant($"for {away.TotalSeconds:0} s: {failures.Reason}")
        : null;

    /// <summary>Failures without a success between them.</summary>
    private sealed record Failures(long First, long Last, string Reason);
}
