using System.Collections.Immutable;
using Orleans.Storage;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Galleries;

/// <inheritdoc cref="IGalleryGrain"/>
/// <remarks>
/// Reads that come in while a change waits for the store see what was published before it. A change is published when all of
/// it is stored; only then are the blobs that it no longer needs removed.
/// </remarks>
internal sealed class GalleryGrain(IGrainStorage storage, IBlobStore blobs) : Grain, IGalleryLots
{
    private readonly Gallery _gallery = new();
    private StoredLots _lots = null!;
    private GalleryLots _published = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _lots = new StoredLots(storage, this.GetGrainId());
        await _lots.Load();
        for (var number = 0; number < _lots.Count; number++)
            _gallery.Set(number, _lots[number]);
        await Publish(cancellationToken);
        await base.OnActivateAsync(cancellationToken);
    }

    public async Task<Enrolment> Add(ImmutableArray<NamedImage> images, CancellationToken cancellation)
    {
        var fresh = new Dictionary<EnrolledReference, NamedImage>();
        foreach (var image in images)
        {
            var reference = ReferenceOf(image);
            if (!_gallery.NamesOf(reference.Image).Contains(reference.Name))
                fresh.TryAdd(reference, image);
        }

        await Change(
            async () =>
            {
                foreach (var plan in LotPlan.Of(_lots.Pages, fresh.Values))
                    await Extend(plan, cancellation);
            },
            cancellation);
        return new Enrolment(fresh.Count, images.Length - fresh.Count, []) { Shared = [.. fresh.Select(image => Shared(image.Key, image.Value.File.Name)).OfType<string>()] };
    }

    public async Task<Forgotten> Forget(string name, CancellationToken cancellation)
    {
        var images = 0;
        var freed = await Change(
            async () =>
            {
                for (var number = 0; number < _lots.Count; number++)
                {
                    var references = _lots[number].References;
                    int[] kept = [.. Enumerable.Range(0, references.Count).Where(row => references[row].Name != name)];
                    if (kept.Length == references.Count)
                        continue;
                    images += references.Count - kept.Length;
                    // The embeddings of the other images are computed again: a moment's work for a lot.
                    await Save(number, kept.Length == 0 ? new LotPage() : await Only(number, kept, cancellation));
                }
            },
            cancellation);
        return new Forgotten(images, freed);
    }

    public Task<ImmutableArray<EnrolledName>> GetNames(CancellationToken cancellation) => Task.FromResult<ImmutableArray<EnrolledName>>(
    [
        .. _published.Lots.SelectMany(lot => lot.References).CountBy(reference => reference.Name)
            .OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => new EnrolledName(name.Key, name.Value)),
    ]);

    public Task<string> GetStamp(CancellationToken cancellation) => Task.FromResult(_published.Stamp);

    public Task<GalleryLots> GetLots(ImmutableArray<string> known, CancellationToken cancellation)
    {
        var isKnown = known.ToHashSet();
        return Task.FromResult(_published with
        {
            Lots = [.. _published.Lots.Select(lot => isKnown.Contains(lot.Blob) ? lot with { References = [] } : lot)],
        });
    }

    public async Task Keep(string lot, ImmutableArray<LotEmbeddings> embeddings, CancellationToken cancellation)
    {
        var number = _lots.Find(lot);
        List<LotEmbeddings> has = number < 0 ? [] : _lots[number].Embeddings;
        var missing = await blobs.Missing([.. has.Select(known => known.Blob)], cancellation);
        // Embeddings that another silo kept before stay while they are in the store, so the call is idempotent.
        var better = embeddings.Where(its => number >= 0 && !has.Any(
            known => known.Member == its.Member && known.Count >= its.Count && !missing.Contains(known.Blob))).ToArray();
        foreach (var needless in embeddings.Except(better).Except(has))
            await blobs.Delete(needless.Blob, cancellation);
        if (better.Length > 0)
        {
            var kept = has.Where(known => !better.Any(its => its.Member == known.Member));
            await Change(() => Save(number, _lots[number] with { Embeddings = [.. kept, .. better] }), cancellation);
        }
    }

    public async Task<long> Remove(CancellationToken cancellation)
    {
        long freed = 0;
        // Blobs first, so that an interrupted removal finds them when it is retried.
        foreach (var blob in _lots.Pages.SelectMany(page => page.Blobs.Concat(page.Left)))
            freed += await blobs.Delete(blob, cancellation);
        await this.Save(_lots.Clear);
        DeactivateOnIdle();
        return freed;
    }

    /// <summary>A sentence for the user if the image is also enrolled under other names; else null.</summary>
    private string? Shared(EnrolledReference reference, string file) =>
        _gallery.NamesOf(reference.Image).Where(name => name != reference.Name).ToArray() is { Length: > 0 } others
            ? $"{file} is also enrolled as {string.Join(", ", others)}."
            : null;

    private async Task Extend(LotPlan plan, CancellationToken cancellation)
    {
        var page = plan.Number < _lots.Count ? _lots[plan.Number] : new LotPage();
        ImageFile[] images = page.Blob is { } blob ? StoredImages.Read(await blobs.Get(blob, cancellation)) : [];
        var extended = await Store(
            plan.Number, [.. page.References, .. plan.Images.Select(ReferenceOf)], [.. images, .. plan.Images.Select(image => image.File)], cancellation);
        // The known embeddings are those of its first images.
        await Save(plan.Number, extended with { Embeddings = page.Embeddings });
    }

    /// <summary>A lot with only some of its references.</summary>
    private async Task<LotPage> Only(int number, int[] rows, CancellationToken cancellation)
    {
        var page = _lots[number];
        var images = StoredImages.Read(await blobs.Get(page.Blob!, cancellation));
        return await Store(number, Array.ConvertAll(rows, row => page.References[row]), Array.ConvertAll(rows, row => images[row]), cancellation);
    }

    private async Task<LotPage> Store(int number, IReadOnlyCollection<EnrolledReference> references, ImageFile[] images, CancellationToken cancellation)
    {
        var bytes = StoredImages.Write($"{this.GetPrimaryKeyString()}/{number}", references.Select(reference => reference.Name), images);
        return new LotPage { Blob = await blobs.Put(bytes, cancellation), Bytes = bytes.Length, References = [.. references] };
    }

    private async Task Save(int number, LotPage page)
    {
        var changed = number < _lots.Count ? _lots[number].Become(page) : page;
        await this.Save(() => _lots.Save(number, changed));
        _gallery.Set(number, changed);
    }

    /// <summary>Changes lots. If that is interrupted, the lots changed so far are published all the same: they are stored.</summary>
    /// <returns>Bytes of blobs that this freed.</returns>
    private async Task<long> Change(Func<Task> change, CancellationToken cancellation)
    {
        try
        {
            await change();
        }
        catch
        {
            _published = _gallery.Snapshot();
            throw;
        }

        return await Publish(cancellation);
    }

    /// <summary>If the silo dies before all blobs are removed, the rest are still noted with the lots.</summary>
    private async Task<long> Publish(CancellationToken cancellation)
    {
        _published = _gallery.Snapshot();
        long freed = 0;
        for (var number = 0; number < _lots.Count; number++)
        {
            if (_lots[number].Left.Count == 0)
                continue;
            foreach (var blob in _lots[number].Left)
                freed += await blobs.Delete(blob, cancellation);
            _lots.Freed(number);
        }

        return freed;
    }

    private static EnrolledReference ReferenceOf(NamedImage image) => new(ReferenceName.Check(image.Name), ContentName.Of([.. image.File.Bytes, .. image.File.Strokes?.Bytes ?? []]));
}
