using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Grains.Members;
using Siamese.Grains.Storage;
using Siamese.Grains.Verdicts;
using Siamese.Model.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Loads a lot's embeddings into memory: from the store or, if they are missing there, by embedding its images.</summary>
internal sealed class LotEmbedding(IBlobStore blobs, ImageDecoding decoding, EmbeddingBatches batches, IGrainFactory grains)
{
    /// <param name="gallery">The gallery's name.</param>
    /// <param name="lot">One of its lots.</param>
    /// <param name="members">The loaded members whose embeddings are needed.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="BlobException">The lot's images are missing: the lot may have changed meanwhile.</exception>
    /// <exception cref="BadInputException">An image can no longer be read.</exception>
    public async Task<EnrolledLot> Load(string gallery, GalleryLot lot, ImmutableArray<LoadedMember> members, CancellationToken cancellation)
    {
        var rows = await Task.WhenAll(members.Select(member => Stored(lot, member, cancellation)));
        int[] counts = [.. members.Zip(rows, (member, its) => its.Length / member.Encoder.EmbeddingSize)];
        if (counts.Any(count => count < lot.References.Length))
        {
            rows = await Embed(lot, members, rows, counts.Min(), cancellation);
            var missing = members.Zip(rows).Where((_, m) => counts[m] < lot.References.Length).ToArray();
            await grains.GetGrain<IGalleryLots>(gallery).Keep(
                lot.Blob, [.. await Task.WhenAll(missing.Select(its => Put(lot, its.First, its.Second, cancellation)))], cancellation);
        }

        return new EnrolledLot([.. lot.References.Select(reference => reference.Name)], rows);
    }

    /// <summary>The stored embeddings of the lot's first images; empty if they are missing or broken.</summary>
    private async Task<float[]> Stored(GalleryLot lot, LoadedMember member, CancellationToken cancellation)
    {
        if (lot.Embeddings.FirstOrDefault(its => its.Member == member.WeightsBlob) is not { } stored)
            return [];
        try
        {
            var rows = StoredRows.Read(await blobs.Get(stored.Blob, cancellation));
            return rows.Length == stored.Count * member.Encoder.EmbeddingSize ? rows : [];
        }
        catch (Exception e) when (e is BlobException or InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>Adds the rows that each member lacks; every member has embedded the images before `from`.</summary>
    private async Task<float[][]> Embed(GalleryLot lot, ImmutableArray<LoadedMember> members, float[][] rows, int from, CancellationToken cancellation)
    {
        var images = StoredImages.Read(await blobs.Get(lot.Blob, cancellation));
        var decoded = await decoding.Decode([.. images.Skip(from)], members.Select(member => member.Encoder.Input), cancellation);
        if (decoded.Values.SelectMany(ofShape => ofShape.Problems).FirstOrDefault(problem => problem is not null) is { } problem)
            throw new BadInputException($"{problem} It could be enrolled with the version of that time; `client forget` removes it, and then it can be enrolled again.");

        return await Task.WhenAll(members.Zip(rows, async (member, its) =>
        {
            var seen = (its.Length / member.Encoder.EmbeddingSize) - from;
            return (float[])[.. its, .. await batches.Embed(member.Encoder, decoded[member.Encoder.Input].Pixels[seen..], cancellation)];
        }));
    }

    private async Task<LotEmbeddings> Put(GalleryLot lot, LoadedMember member, float[] rows, CancellationToken cancellation) => new(
        member.WeightsBlob,
        await blobs.Put(StoredRows.Write(lot.Blob, member.WeightsBlob, rows, member.Encoder.EmbeddingSize), cancellation),
        lot.References.Length);
}
