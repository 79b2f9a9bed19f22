using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Galleries;

/// <summary>Who is enrolled, according to the stored lots of a gallery.</summary>
internal sealed class Gallery
{
    private readonly SortedDictionary<int, GalleryLot> _lots = [];
    private readonly Dictionary<string, SortedSet<string>> _namesOf = [];

    /// <summary>The names under which an image is enrolled, sorted.</summary>
    /// <param name="image">The <see cref="EnrolledReference.Image"/> of its references.</param>
    public IReadOnlySet<string> NamesOf(string image) => _namesOf.TryGetValue(image, out var names) ? names : ImmutableHashSet<string>.Empty;

    /// <summary>Records that a lot was stored.</summary>
    public void Set(int number, LotPage page)
    {
        if (_lots.Remove(number, out var before))
        {
            foreach (var (name, image) in before.References)
                _namesOf[image].Remove(name);
        }

        if (page.Blob is null)
            return;
        _lots.Add(number, new GalleryLot(page.Blob, [.. page.References], [.. page.Embeddings]));
        foreach (var (name, image) in page.References)
            (CollectionsMarshal.GetValueRefOrAddDefault(_namesOf, image, out _) ??= new(StringComparer.Ordinal)).Add(name);
    }

    public GalleryLots Snapshot() => new(
        ContentName.Of(Encoding.ASCII.GetBytes(string.Concat(_lots.Values.Select(lot => lot.Blob)))), [.. _lots.Values]);
}
