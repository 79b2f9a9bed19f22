using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;

namespace Siamese.Grains.Ensembles;

/// <summary>The encoders of members that this silo has loaded; one cache per silo, shared by everything that embeds.</summary>
/// <param name="blobs">Where weights come from.</param>
/// <param name="capacity">
/// Bytes of weights to keep, of members asked last: 256 MB are 400 of the default encoder or 57 of the article's. One that
/// has no room is loaded again for each call until room was made, in the background.
/// </param>
internal sealed class MemberCache(IBlobStore blobs, long capacity = 256L * 1024 * 1024) : IDisposable
{
    // What it drops is not disposed: a verdict may still be using it.
    private readonly MemoryCache _encoders = new(new MemoryCacheOptions { SizeLimit = capacity, CompactionPercentage = 0.1 });
    private readonly ConcurrentDictionary<string, Lazy<Task<FrozenEncoder>>> _loading = [];

    /// <summary>The encoder with these weights. Not to be disposed by the caller.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    public ValueTask<FrozenEncoder> Get(string weightsBlob, Hyperparameters hyperparameters) =>
        Get(weightsBlob, hyperparameters, Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>The same within a time, after which whoever asks next begins anew.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    /// <exception cref="TimeoutException">The time is over.</exception>
    public async ValueTask<FrozenEncoder> Get(string weightsBlob, Hyperparameters hyperparameters, TimeSpan patience, TimeProvider time)
    {
        if (_encoders.TryGetValue<FrozenEncoder>(weightsBlob, out var encoder))
            return encoder!;
        var loading = _loading.GetOrAdd(weightsBlob, new Lazy<Task<FrozenEncoder>>(LoadForAll));
        try
        {
            return await loading.Value.WaitAsync(patience, time);
        }
        finally
        {
            _loading.TryRemove(KeyValuePair.Create(weightsBlob, loading));
        }

        // Off the scheduler of the grain that asks first: others wait for it too, and that one may end.
        Task<FrozenEncoder> LoadForAll() => Task.Run(() => Load(weightsBlob, hyperparameters));
    }

    public void Dispose() => _encoders.Dispose();

    private async Task<FrozenEncoder> Load(string weightsBlob, Hyperparameters hyperparameters)
    {
        // Another's load may have ended since it was not found.
        if (_encoders.TryGetValue<FrozenEncoder>(weightsBlob, out var loaded))
            return loaded!;
        var weights = await blobs.Get(weightsBlob, CancellationToken.None);
        // Loading libtorch itself takes about a second, the first time.
        var encoder = await OwnThread.Run(Restore, CancellationToken.None);
        return _encoders.Set(weightsBlob, encoder, new MemoryCacheEntryOptions { Size = weights.Length });

        FrozenEncoder Restore()
        {
            var restored = Encoders.Create(hyperparameters);
            ModuleWeights.Load(restored, weights);
            return restored.Freeze();
        }
    }
}
