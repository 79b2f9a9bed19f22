using Siamese.Contracts.Galleries;
using Siamese.Grains.Verdicts;

namespace Siamese.Grains.Galleries;

/// <summary>The galleries that this silo has in memory, for the requested versions.</summary>
/// <param name="grains">Access to the gallery grains.</param>
/// <param name="embedding">Loads their lots.</param>
/// <param name="time">Says which gallery was used last.</param>
/// <param name="capacity">Maximum bytes of embeddings to keep, for the galleries used last; the last one always stays.</param>
internal sealed class GalleryIndexes(IGrainFactory grains, LotEmbedding embedding, TimeProvider time, long capacity = 1L << 30)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (GalleryLoad Load, long AskedAt)> _loads = [];

    /// <summary>Gets everything enrolled at the time of the call or later; null if it is not ready in time, while loading continues.</summary>
    public async Task<(GalleryIndex? Index, GalleryProgress Progress)> Get(Quorum quorum, TimeSpan patience, CancellationToken cancellation)
    {
        var load = LoadOf(quorum);
        var stamp = await grains.GetGrain<IGalleryLots>(quorum.Ensemble.Name).GetStamp(cancellation);
        var index = load.Current;
        try
        {
            // A load in progress may have read the gallery before this call; one that begins after it did not.
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
        // Keyed by members: while one is absent, the others are used alone.
        var key = string.Join('/', quorum.Members.Select(member => member.WeightsBlob).Prepend(quorum.Ensemble.Name));
        lock (_lock)
        {
            var load = _loads.TryGetValue(key, out var known) ? known.Load : new GalleryLoad(grains, embedding);
            _loads[key] = (load, time.GetTimestamp());
            return load;
        }
    }

    /// <summary>Makes room. Dropped galleries are read from the store again.</summary>
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
