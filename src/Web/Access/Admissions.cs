using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts.Access;
using Siamese.Web.Limits;
using Siamese.Web.Problems;

namespace Siamese.Web.Access;

/// <summary>What the holders of keys may do. The cluster is asked at most every ten seconds for a key.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="rates">Limits the wrong keys of an address.</param>
/// <param name="time">The time.</param>
internal sealed class Admissions(IGrainFactory grains, RateLimits rates, TimeProvider time) : IDisposable
{
    private const int Remembered = 10_000;

    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(10);

    // Keys are not kept, only their hashes, and only those of keys that were valid: guesses push none of them out.
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Remembered });

    /// <summary>Questions that are not answered yet, so that many requests with one key ask once.</summary>
    private readonly ConcurrentDictionary<(string Hash, IPAddress? From), Lazy<Task<Admission?>>> _asked = [];

    /// <summary>What the holder of a key may do now; null if it is not a key, or no longer.</summary>
    /// <param name="key">The key.</param>
    /// <param name="from">The address that sent it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ProblemException">The address has sent too many wrong keys.</exception>
    public Task<Admission?> Of(string key, IPAddress? from, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (_known.TryGetValue(hash, out Known? known) && time.GetElapsedTime(known!.At) < _memory && known.Admission.Until > time.GetUtcNow())
            return Task.FromResult<Admission?>(known.Admission);
        // Others may wait for the same answer, so it does not end with this request.
        return _asked.GetOrAdd((hash, from), asked => new(() => Ask(key, asked, isKnown: known is not null))).Value.WaitAsync(cancellation);
    }

    public void Dispose() => _known.Dispose();

    private async Task<Admission?> Ask(string key, (string Hash, IPAddress? From) asked, bool isKnown)
    {
        try
        {
            // A key that was valid is asked about whatever else its address sends: behind a proxy, all have one address.
            if (!isKnown)
                rates.CountUnknownKey(asked.From);
            var admission = await grains.GetGrain<IKeyGrain>(0).Admit(key, CancellationToken.None);
            if (admission is null)
            {
                _known.Remove(asked.Hash);
                return null;
            }

            if (!isKnown)
                rates.ForgetUnknownKeys(asked.From);
            _known.Set(asked.Hash, new Known(admission, time.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1 });
            return admission;
        }
        finally
        {
            _asked.TryRemove(asked, out _);
        }
    }

    private sealed record Known(Admission Admission, long At);
}
