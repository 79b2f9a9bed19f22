using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Storage;
using Siamese.Grains.Threads;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;

namespace Siamese.Grains.Members;

/// <summary>The encoders of members that this silo has loaded; one cache per silo, shared by everything that embeds.</summary>
/// <param name="blobs">Where weights come from.</param>
/// <param name="capacity">
/// Maximum bytes of weights to keep, for the members used last: 256 MB hold 400 of the default encoder or 57 of the
/// article's. An encoder that does not fit is loaded again for each call until room is made, in the background.
/// </param>
internal sealed class MemberCache(IBlobStore blobs, long capacity = 256L * 1024 * 1024) : IDisposable
{
    // Evicted encoders are not disposed: a verdict may still be using them.
    private readonly MemoryCache _encoders = new(new MemoryCacheOptions { SizeLimit = capacity, CompactionPercentage = 0.1 });
    private readonly ConcurrentDictionary<string, Lazy<Task<FrozenEncoder>>> _loading = [];

    /// <summary>Gets the encoder with these weights. The caller must not dispose it.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    public ValueTask<FrozenEncoder> Get(string weightsBlob, Hyperparameters hyperparameters) =>
        Get(weightsBlob, hyperparameters, Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>Loads a member: the trial and its encoder.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    public async ValueTask<LoadedMember> Load(string weightsBlob, TrialSpec spec) => new(weightsBlob, spec, await Get(weightsBlob, spec.Hyperparameters));

    /// <summary>The same as <see cref="Get(string, Hyperparameters)"/> with a timeout, after which the next call starts a new load.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    /// <exception cref="TimeoutException">The timeout has passed.</exception>
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

        // Off the scheduler of the grain that asks first: others wait for it too, and that grain may end.
        Task<FrozenEncoder> LoadForAll() => Task.Run(() => Read(weightsBlob, hyperparameters));
    }

    public void Dispose() => _encoders.Dispose();

    private async Task<FrozenEncoder> Read(string weightsBlob, Hyperparameters hyperparameters)
    {
        // Another load may have ended since the encoder was not found.
        if (_encoders.TryGetValue<FrozenEncoder>(weightsBlob, out var loaded))
            return loaded!;
        var weights = await blobs.Get(weightsBlob, CancellationToken.None);
        // The first time, loading libtorch itself takes about a second.
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
