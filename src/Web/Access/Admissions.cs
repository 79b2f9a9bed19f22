using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts.Access;

namespace Siamese.Web.Access;

/// <summary>What the holders of keys may do. The cluster is asked at most every ten seconds for a key.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="time">The time.</param>
internal sealed class Admissions(IGrainFactory grains, TimeProvider time) : IDisposable
{
    private const int Remembered = 10_000;

    private static readonly TimeSpan _memory = TimeSpan.FromSeconds(10);

    // Keys are not kept, only their hashes.
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Remembered });

    /// <summary>What the holder of a key may do now; null if it is not a key, or no longer.</summary>
    public async Task<Admission?> Of(string key, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (_known.TryGetValue(hash, out Known? known) && time.GetElapsedTime(known!.At) < _memory && known.Admission.Until > time.GetUtcNow())
            return known.Admission;
        var admission = await grains.GetGrain<IKeyGrain>(0).Admit(key, cancellation);
        if (admission is null)
            _known.Remove(hash);
        else
            _known.Set(hash, new Known(admission, time.GetTimestamp()), new MemoryCacheEntryOptions { Size = 1 });
        return admission;
    }

    public void Dispose() => _known.Dispose();

    private sealed record Known(Admission Admission, long At);
}
