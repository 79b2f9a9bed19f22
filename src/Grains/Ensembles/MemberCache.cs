using System.Collections.Concurrent;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Storage;
using Siamese.Model.Checkpoints;
using Siamese.Model.Networks;

namespace Siamese.Grains.Ensembles;

/// <summary>The encoders of members that this silo has loaded; one cache per silo, shared by everything that embeds.</summary>
internal sealed class MemberCache(IBlobStore blobs)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Encoder>>> _encoders = [];

    /// <summary>The encoder with these weights, ready to evaluate. Not to be trained or disposed by the caller.</summary>
    /// <exception cref="BlobException">The weights are missing or broken.</exception>
    public async Task<Encoder> Get(string weightsBlob, Hyperparameters hyperparameters)
    {
        var loading = _encoders.GetOrAdd(weightsBlob, new Lazy<Task<Encoder>>(() => Load(weightsBlob, hyperparameters)));
        try
        {
            return await loading.Value;
        }
        catch
        {
            _encoders.TryRemove(KeyValuePair.Create(weightsBlob, loading));
            throw;
        }
    }

    private async Task<Encoder> Load(string weightsBlob, Hyperparameters hyperparameters)
    {
        var weights = await blobs.Get(weightsBlob, CancellationToken.None);
        // Loading libtorch itself takes about a second, the first time.
        return await OwnThread.Run(Restore, CancellationToken.None);

        Encoder Restore()
        {
            var encoder = Encoders.Get(hyperparameters.Encoder).Create(hyperparameters.EmbeddingSize);
            ModuleWeights.Load(encoder, weights);
            encoder.eval();
            return encoder;
        }
    }
}
