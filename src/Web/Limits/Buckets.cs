using System.Threading.RateLimiting;

namespace Siamese.Web.Limits;

/// <summary>
/// Token buckets by name. A bucket is full at first, and each token that is taken comes back after a time. There is a maximum
/// number of buckets, and none is removed to make room for another as long as it is not full: whoever sends under many names
/// gains nothing for one of them, and costs nobody else anything. If there is no room, new names share one bucket.
/// </summary>
/// <param name="maximum">Maximum number of buckets.</param>
/// <param name="time">The time, for tidying up. The buckets themselves use the system's.</param>
/// <typeparam name="TName">What a bucket is named by.</typeparam>
internal sealed class Buckets<TName>(int maximum, TimeProvider time) : IDisposable
    where TName : notnull
{
    /// <summary>How often full buckets are looked for at most, because that takes time for each bucket.</summary>
    private static readonly TimeSpan _tidyEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<TName, TokenBucketRateLimiter> _byName = [];
    private TokenBucketRateLimiter? _shared;
    private long? _tidiedAt;

    /// <summary>Number of buckets, without the shared one.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _byName.Count;
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="name">Whose bucket.</param>
    /// <param name="perMinute">The number of tokens in a full bucket, which come back within a minute.</param>
    /// <returns>Null if there was one; else the time until there is.</returns>
    public TimeSpan? Take(TName name, int perMinute)
    {
        lock (_lock)
        {
            var bucket = Of(name, perMinute);
            bucket.TryReplenish();
            using var lease = bucket.AttemptAcquire();
            return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : bucket.ReplenishmentPeriod;
        }
    }

    /// <summary>Fills a bucket.</summary>
    public void Fill(TName name)
    {
        lock (_lock)
        {
            if (_byName.Remove(name, out var bucket))
                bucket.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var bucket in _byName.Values)
                bucket.Dispose();
            _byName.Clear();
            _shared?.Dispose();
        }
    }

    private TokenBucketRateLimiter Of(TName name, int perMinute)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;
        if (_byName.Count >= maximum && (_tidiedAt is not { } then || time.GetElapsedTime(then) >= _tidyEvery))
            Tidy();
        return _byName.Count < maximum ? _byName[name] = New(perMinute) : _shared ??= New(perMinute);
    }

    private void Tidy()
    {
        _tidiedAt = time.GetTimestamp();
        foreach (var (name, bucket) in _byName)
        {
            bucket.TryReplenish();
            // It has been full for this long.
            if (bucket.IdleDuration is null)
                continue;
            _byName.Remove(name);
            bucket.Dispose();
        }
    }

    private static TokenBucketRateLimiter New(int perMinute) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = perMinute,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
        QueueLimit = 0,
        // A timer for each bucket would cost more than looking at the clock.
        AutoReplenishment = false,
    });
}
