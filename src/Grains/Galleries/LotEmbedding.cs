using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Storage;
using Siamese.Model.Data;
using Siamese.Model.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Brings a lot's embeddings into memory: from the store, and where they are not there, by embedding its images.</summary>
internal sealed class LotEmbedding(IBlobStore blobs, ImageDecoding decoding, EmbeddingBatches batches, IGrainFactory grains)
{
    /// <param name="gallery">The gallery's name.</param>
    /// <param name="lot">One of its lots.</param>
    /// <param name="members">The members whose embeddings are wanted, loaded.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="BlobException">The lot's images are not there: it may have changed meanwhile.</exception>
    /// <exception cref="BadInputException">An image cannot be read any more.</exception>
    public async Task<EnrolledLot> Load(string gallery, GalleryLot lot, ImmutableArray<LoadedMember> members, CancellationToken cancellation)
    {
        var rows = await Task.WhenAll(members.Select(member => Stored(lot, member, cancellation)));
        int[] counts = [.. members.Zip(rows, (member, its) => its.Length / member.Encoder.EmbeddingSize)];
        if (counts.Any(count => count < lot.References.Length))
        {
            rows = await Embed(lot, members, rows, counts.Min(), cancellation);
            var missing = members.Zip(rows).Where((_, m) => counts[m] < lot.References.Length).ToArray();
            await grains.GetGrain<IGalleryGrain>(gallery).Keep(
                lot.Blob, [.. await Task.WhenAll(missing.Select(its => Put(lot, its.First, its.Second, cancellation)))], cancellation);
        }

        return new EnrolledLot([.. lot.References.Select(reference => reference.Name)], rows);
    }

    /// <summary>Those of the first images, as far as they are in the store and whole.</summary>
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

    /// <summary>Adds to the rows of each member those that it lacks; images before `from` every member has seen.</summary>
    private async Task<float[][]> Embed(GalleryLot lot, ImmutableArray<LoadedMember> members, float[][] rows, int from, CancellationToken cancellation)
    {
        var images = StoredImages.Read(await blobs.Get(lot.Blob, cancellation));
        ImmutableArray<ImageFile> files = [.. images.Zip(lot.References, (bytes, reference) => new ImageFile($"An image of {reference.Name}", bytes)).Skip(from)];
        var decoded = new Dictionary<InputShape, ReadOnlyMemory<byte>[]>();
        foreach (var shape in members.Select(member => member.Encoder.Input).Distinct())
        {
            var its = await decoding.Decode(files, shape, cancellation);
            decoded[shape] = its.Problems.FirstOrDefault(problem => problem is not null) is { } problem
                ? throw new BadInputException($"{problem} It was enrolled when it could be read; `client forget` takes it out.")
                : its.Pixels;
        }

        return await Task.WhenAll(members.Zip(rows, async (member, its) =>
        {
            var seen = (its.Length / member.Encoder.EmbeddingSize) - from;
            return (float[])[.. its, .. await batches.Embed(member.Encoder, decoded[member.Encoder.Input][seen..], cancellation)];
        }));
    }

    private async Task<LotEmbeddings> Put(GalleryLot lot, LoadedMember member, float[] rows, CancellationToken cancellation) => new(
        member.WeightsBlob,
        await blobs.Put(StoredRows.Write(lot.Blob, member.WeightsBlob, rows, member.Encoder.EmbeddingSize), cancellation),
        lot.References.Length);
}
