using Microsoft.Extensions.Caching.Memory;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Grains.Forming;
using Siamese.Grains.Storage;
using Siamese.Model.Ensembles;
using Siamese.Model.Networks;

namespace Siamese.Grains.Verdicts;

/// <summary>Measures how novel images are to an ensemble: whether they look like anything in training.</summary>
internal sealed class NoveltyCheck(IBlobStore blobs, VerdictThreads threads) : IDisposable
{
    /// <summary>Maximum bytes of references to keep, for the versions used last: some 10 MB each.</summary>
    private const long Capacity = 128L * 1024 * 1024;

    private readonly MemoryCache _references = new(new MemoryCacheOptions { SizeLimit = Capacity });

    /// <summary>For each image, the share of validation images that are at least as far from training.</summary>
    /// <param name="quorum">The members that were asked.</param>
    /// <param name="embeddings">For each of them, its embeddings of the images, (N, D), row by row.</param>
    /// <param name="images">The images in the shape of <see cref="Appearances"/>.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BadInputException">The version was stored without training images.</exception>
    /// <exception cref="BlobException">The training images are missing or broken.</exception>
    public async Task<double[]> Farther(Quorum quorum, float[][] embeddings, ReadOnlyMemory<byte>[] images, CancellationToken cancellation)
    {
        var stored = await Load(quorum.Ensemble);
        var references = References.Of(quorum.Ensemble, quorum.Ensemble.Members.Select(member => stored.Embeddings[member.Trial]));
        var farther = new double[images.Length];
        await Task.WhenAll(Enumerable.Range(0, images.Length).Chunk(FrozenEncoder.ChunkSize).Select(rows => threads.Run(
            Turns.ToEmbed(images.Length),
            () =>
            {
                foreach (var row in rows)
                    farther[row] = stored.Share(references.Nearest(embeddings, row), images[row].Span);
            },
            cancellation)));
        return farther;
    }

    public void Dispose() => _references.Dispose();

    private async Task<StoredReferences> Load(Ensemble ensemble)
    {
        var blob = ensemble.ReferencesBlob ?? throw new BadInputException(
            $"Version {ensemble.Version} of ensemble {ensemble.Name} has no training images to compare with: it was formed while its sweep still trained, or by an earlier build. Use the version that the sweep ended with; `client ensembles {ensemble.Name}` lists all versions.");
        if (_references.TryGetValue<StoredReferences>(blob, out var known))
            return known!;
        var bytes = await blobs.Get(blob, CancellationToken.None);
        var read = StoredReferences.Read(bytes);
        return _references.Set(blob, read, new MemoryCacheEntryOptions { Size = bytes.Length + read.Widened });
    }
}
