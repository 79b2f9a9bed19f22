using System.Text;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Galleries;

/// <summary>Who is enrolled, according to the stored lots of a gallery.</summary>
internal sealed class Gallery
{
    private readonly SortedDictionary<int, GalleryLot> _lots = [];
    private readonly HashSet<EnrolledReference> _enrolled = [];

    /// <summary>Whether this image is enrolled under this name.</summary>
    public bool Has(EnrolledReference reference) => _enrolled.Contains(reference);

    /// <summary>Records that a lot was stored.</summary>
    public void Set(int number, LotPage page)
    {
        if (_lots.Remove(number, out var before))
            _enrolled.ExceptWith(before.References);
        if (page.Blob is null)
            return;
        _lots.Add(number, new GalleryLot(page.Blob, [.. page.References], [.. page.Embeddings]));
        _enrolled.UnionWith(page.References);
    }

    public GalleryLots Snapshot() => new(
        ContentName.Of(Encoding.ASCII.GetBytes(string.Concat(_lots.Values.Select(lot => lot.Blob)))), [.. _lots.Values]);
}
