using Siamese.Grains.Storage;
using Siamese.Grains.Verdicts;
using Siamese.Model.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>A gallery in this silo's memory for one version of its ensemble: what is loaded, and what is still loading.</summary>
/// <param name="grains">Access to the gallery grain.</param>
/// <param name="embedding">Loads lots.</param>
internal sealed class GalleryLoad(IGrainFactory grains, LotEmbedding embedding)
{
    /// <summary>Number of lots to load at once: while some are embedded, others are read and stored.</summary>
    private static readonly int _atOnce = 2 * Environment.ProcessorCount;

    /// <summary>Maximum number of attempts. A lot that changed after the gallery listed it is gone; then the gallery is asked again.</summary>
    public const int Tries = 5;

    private readonly Lock _lock = new();
    private Task<GalleryIndex>? _loading;
    private int _embedded;
    private int _references;

    /// <summary>The last complete index.</summary>
    public GalleryIndex Current { get; private set; } = GalleryIndex.Empty;

    /// <summary>Number of references loaded, and number in all.</summary>
    public (int Embedded, int References) Progress => (Volatile.Read(ref _embedded), Volatile.Read(ref _references));

    /// <summary>Loads whatever has changed. Only one load runs at a time; calls that come in meanwhile wait for it.</summary>
    public Task<GalleryIndex> Begin(Quorum quorum)
    {
        lock (_lock)
        {
            if (_loading is null or { IsCompleted: true })
                _loading = Task.Run(() => Load(quorum)); // Off the scheduler of the grain that asks first, which may end.
            return _loading;
        }
    }

    private async Task<GalleryIndex> Load(Quorum quorum)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Current = await Load(quorum, Current);
            }
            catch (BlobException) when (attempt < Tries)
            {
            }
        }
    }

    private async Task<GalleryIndex> Load(Quorum quorum, GalleryIndex before)
    {
        var gallery = quorum.Ensemble.Name;
        var known = before.Lots.ToDictionary(lot => lot.Lot.Blob);
        var told = await grains.GetGrain<IGalleryLots>(gallery).GetLots([.. known.Keys], CancellationToken.None);
        var seen = new (GalleryLot Lot, EnrolledLot Seen)[told.Lots.Length];
        Volatile.Write(ref _embedded, told.Lots.Where(lot => known.ContainsKey(lot.Blob)).Sum(lot => known[lot.Blob].Lot.References.Length));
        Volatile.Write(ref _references, _embedded + told.Lots.Where(lot => !known.ContainsKey(lot.Blob)).Sum(lot => lot.References.Length));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, seen.Length), new ParallelOptions { MaxDegreeOfParallelism = _atOnce },
            async (number, cancellation) =>
            {
                var lot = told.Lots[number];
                if (known.TryGetValue(lot.Blob, out seen[number]))
                    return;
                seen[number] = (lot, await embedding.Load(gallery, lot, quorum.Members, cancellation));
                Interlocked.Add(ref _embedded, lot.References.Length);
            });
        return new GalleryIndex(told.Stamp, [.. seen]);
    }
}
