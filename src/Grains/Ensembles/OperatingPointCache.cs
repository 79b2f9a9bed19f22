using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Grains.Storage;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Grains.Ensembles;

/// <summary>Caches the operating points requested from this silo; each takes about a second to find.</summary>
internal sealed class OperatingPointCache(IBlobStore blobs) : IDisposable
{
    private readonly MemoryCache _points = new(new MemoryCacheOptions { SizeLimit = 1000 });

    /// <summary>Gets the point that the terms ask for; null if they ask for none.</summary>
    /// <exception cref="BadInputException">The validation pairs cannot support it, or the version was stored without them.</exception>
    /// <exception cref="BlobException">The validation pairs are missing or broken.</exception>
    public async Task<OperatingPoint?> Get(Ensemble ensemble, VerdictTerms terms)
    {
        if (terms is { MaximumFar: null, MaximumFrr: null })
            return null;
        var blob = ensemble.ValidationBlob ?? throw new BadInputException(
            $"Version {ensemble.Version} of ensemble {ensemble.Name} was formed by an earlier build, which did not store what operating points need; sweep or extend again.");
        var key = (blob, terms.MaximumFar, terms.MaximumFrr);
        if (_points.TryGetValue<OperatingPoint>(key, out var known))
            return known;
        var validation = await blobs.Get(blob, CancellationToken.None);
        var point = await OwnThread.Run(() => Find(StoredValidation.Read(validation), terms), CancellationToken.None);
        return _points.Set(key, point, new MemoryCacheEntryOptions { Size = 1 });
    }

    public void Dispose() => _points.Dispose();

    private static OperatingPoint Find(StoredValidation validation, VerdictTerms terms)
    {
        var points = new OperatingPoints(validation.Distances, validation.Pairs, validation.Images);
        return terms.MaximumFar is { } far ? points.AtFar(far) : points.AtFrr(terms.MaximumFrr!.Value);
    }
}
