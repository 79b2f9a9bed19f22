using Siamese.Contracts.Galleries;
using Siamese.Grains.Ensembles;

namespace Siamese.Grains.Galleries;

/// <summary>The galleries that this silo has in memory, for the versions that it was asked for.</summary>
/// <param name="grains">Where galleries are.</param>
/// <param name="embedding">Brings their lots in.</param>
/// <param name="time">Tells who was asked last.</param>
/// <param name="capacity">Bytes of embeddings to keep, of those asked last, but those of the last one always.</param>
internal sealed class GalleryIndexes(IGrainFactory grains, LotEmbedding embedding, TimeProvider time, long capacity = 1L << 30)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (GalleryLoad Load, long AskedAt)> _loads = [];

    /// <summary>All that was enrolled when this was asked, or later; null where that is not ready within a time, and goes on being made so.</summary>
    public async Task<(GalleryIndex? Index, GalleryProgress Progress)> Get(Quorum quorum, TimeSpan patience, CancellationToken cancellation)
    {
        var load = LoadOf(quorum);
        var stamp = await grains.GetGrain<IGalleryGrain>(quorum.Ensemble.Name).GetStamp(cancellation);
        var index = load.Current;
        try
        {
            // What was under way may have been told of the gallery before this was asked; what begins after it was not.
            for (var turn = 0; turn < 2 && index.Stamp != stamp; turn++)
                index = await load.Begin(quorum).WaitAsync(patience, time, cancellation);
            Forget(load);
            return (index, new(quorum.Ensemble.Version, index.Count, index.Count, IsReady: true));
        }
        catch (TimeoutException)
        {
            var (embedded, references) = load.Progress;
            return (null, new(quorum.Ensemble.Version, embedded, references, IsReady: false));
        }
    }

    private GalleryLoad LoadOf(Quorum quorum)
    {
        // By its members: where one is absent for a while, the others are asked alone.
        var key = string.Join('/', quorum.Members.Select(member => member.WeightsBlob).Prepend(quorum.Ensemble.Name));
        lock (_lock)
        {
            var load = _loads.TryGetValue(key, out var known) ? known.Load : new GalleryLoad(grains, embedding);
            _loads[key] = (load, time.GetTimestamp());
            return load;
        }
    }

    /// <summary>Makes room. What is dropped is read from the store again.</summary>
    private void Forget(GalleryLoad asked)
    {
        lock (_lock)
        {
            var bytes = 0L;
            foreach (var (key, (load, _)) in _loads.OrderByDescending(entry => entry.Value.AskedAt).ToArray())
            {
                bytes += load.Current.Bytes;
                if (bytes > capacity && load != asked)
                    _loads.Remove(key);
            }
        }
    }
}
