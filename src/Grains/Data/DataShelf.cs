using Siamese.Contracts.Data;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.Data;

/// <summary>
/// Data sets in memory, so that the trials of a sweep share one read. A data set is released when nobody has asked for it for a
/// while, or, the least recently used first, when others need the memory. Whoever still uses a released data set shares it with
/// those who ask for it meanwhile.
/// </summary>
internal sealed class DataShelf : IDisposable
{
    /// <summary>64 MiB: returning less is not worth a pause of all threads.</summary>
    private const long WorthReturning = 64L << 20;

    private readonly long _limit;
    private readonly TimeSpan _keptFor;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();

    /// <summary>The most recently used first.</summary>
    private readonly LinkedList<Shelved> _shelf = [];

    /// <param name="limit">Maximum bytes of all data sets that are kept.</param>
    /// <param name="keptFor">How long a data set that nobody asks for is kept.</param>
    /// <param name="time">The clock.</param>
    public DataShelf(long limit, TimeSpan keptFor, TimeProvider time)
    {
        (_limit, _keptFor, _time) = (limit, keptFor, time);
        _timer = time.CreateTimer(_ => ReleaseUnused(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Bytes of the data sets that are kept even if nobody uses them.</summary>
    public long KeptBytes
    {
        get
        {
            lock (_lock)
                return _shelf.Sum(shelved => shelved.KeptBytes);
        }
    }

    /// <summary>A data set; reads it on the calling thread if it is not in memory. Threads that ask at the same time share one read.</summary>
    /// <param name="source">The data.</param>
    /// <param name="input">The shape of its images.</param>
    /// <param name="fresh">Reads data at a path again, because it may have changed.</param>
    /// <param name="read">Reads it. If it throws, nothing is kept.</param>
    public DataSet Get(DataSource source, InputShape input, bool fresh, Func<DataSet> read)
    {
        var (shelved, reading) = Take(source, input, fresh, read);
        try
        {
            var set = reading.Value;
            Used(set);
            return set;
        }
        catch
        {
            lock (_lock)
                _shelf.Remove(shelved);
            throw;
        }
    }

    /// <summary>Keeps a data set as if it had been asked for now, for example because a trial that used it has ended and another may begin.</summary>
    public void Used(DataSet set)
    {
        lock (_lock)
        {
            if (_shelf.FirstOrDefault(shelved => shelved.Holds(set)) is not { } used)
                return;
            used.Keep(set, _time.GetTimestamp());
            _shelf.Remove(used);
            _shelf.AddFirst(used);
            Release(needed: 0);
            SetTimer();
        }
    }

    /// <summary>Releases data sets, the least recently used first, until those that are kept leave room for another.</summary>
    /// <param name="bytes">Its bytes.</param>
    public void MakeRoom(long bytes)
    {
        lock (_lock)
            Release(bytes);
    }

    public void Dispose() => _timer.Dispose();

    private (Shelved Shelved, Lazy<DataSet> Reading) Take(DataSource source, InputShape input, bool fresh, Func<DataSet> read)
    {
        lock (_lock)
        {
            var known = _shelf.FirstOrDefault(shelved => shelved.Source == source && shelved.Input == input);
            // Only data at a path can change.
            if (known is not null && (!fresh || source.Path is null) && known.Revive())
                return (known, known.Set!);
            if (known is not null)
                _shelf.Remove(known);
            foreach (var gone in _shelf.Where(shelved => shelved.IsGone).ToArray())
                _shelf.Remove(gone);
            var added = new Shelved(source, input, new Lazy<DataSet>(read));
            _shelf.AddFirst(added);
            return (added, added.Set!);
        }
    }

    private void Release(long needed)
    {
        var kept = _shelf.Sum(shelved => shelved.KeptBytes);
        for (var node = _shelf.Last; node is not null && kept + needed > _limit; node = node.Previous)
        {
            kept -= node.Value.KeptBytes;
            node.Value.Release();
        }
    }

    private void ReleaseUnused()
    {
        var released = 0L;
        lock (_lock)
        {
            foreach (var shelved in _shelf.Where(shelved => _time.GetElapsedTime(shelved.UsedAt) >= _keptFor))
            {
                released += shelved.KeptBytes;
                shelved.Release();
            }

            SetTimer();
        }

        // A silo that has nothing to do would not collect it for hours. Only an aggressive collection returns the memory to the
        // system: 897 MB after a set of 392 MB was read and released became 55 MB in 45 ms; a forced one left 854 MB.
        if (released >= WorthReturning)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        else if (released > 0)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
    }

    private void SetTimer()
    {
        TimeSpan[] left = [.. _shelf.Where(shelved => shelved.KeptBytes > 0).Select(shelved => _keptFor - _time.GetElapsedTime(shelved.UsedAt))];
        if (left.Length > 0)
            _timer.Change(left.Min() is var next && next > TimeSpan.Zero ? next : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A data set that is being read, is kept, or was released and may still be in use. Guarded by the shelf's lock.</summary>
    private sealed class Shelved(DataSource source, InputShape input, Lazy<DataSet> set)
    {
        private WeakReference<DataSet>? _released;

        public DataSource Source => source;

        public InputShape Input => input;

        /// <summary>Null if it was released.</summary>
        public Lazy<DataSet>? Set { get; private set; } = set;

        public long UsedAt { get; private set; }

        public long KeptBytes { get; private set; }

        public bool IsGone => Set is null && !_released!.TryGetTarget(out _);

        public bool Holds(DataSet other) => Set is { } kept
            ? kept.IsValueCreated && ReferenceEquals(kept.Value, other)
            : _released!.TryGetTarget(out var released) && ReferenceEquals(released, other);

        /// <summary>False if it was released and nobody uses it.</summary>
        public bool Revive()
        {
            if (Set is null && _released!.TryGetTarget(out var used))
                Set = new Lazy<DataSet>(used);
            return Set is not null;
        }

        public void Keep(DataSet used, long now)
        {
            Set ??= new Lazy<DataSet>(used);
            (UsedAt, KeptBytes) = (now, BytesOf(used));
        }

        /// <summary>Does nothing while it is being read.</summary>
        public void Release()
        {
            if (KeptBytes == 0)
                return;
            _released = new(Set!.Value);
            (Set, KeptBytes) = (null, 0);
        }

        private static long BytesOf(DataSet set) =>
            new[] { set.Training, set.Validation, set.Test }.Sum(split => (long)split.Images.Pixels.Length + (sizeof(int) * (long)split.Images.Count));
    }
}
