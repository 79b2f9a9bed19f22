using Siamese.Contracts.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Which lot of a gallery new references go into.</summary>
/// <param name="Number">The lot: one with room, an empty one, or the next new one.</param>
/// <param name="Images">The images to add to it.</param>
internal sealed record LotPlan(int Number, IReadOnlyList<NamedImage> Images)
{
    /// <summary>Maximum number of references in a lot: each one that is added rewrites the lot, and a lot is embedded at once.</summary>
    public const int MostReferences = 512;

    /// <summary>Maximum bytes of images in a lot, but at least one image.</summary>
    public const long MostBytes = 4 << 20;

    /// <summary>
    /// Puts each batch of images into the first lot that has room for all of it, so that single images fill a lot up, and many
    /// at once need not rewrite another lot.
    /// </summary>
    /// <param name="pages">The existing lots.</param>
    /// <param name="images">The new images.</param>
    public static IEnumerable<LotPlan> Of(IReadOnlyList<LotPage> pages, IEnumerable<NamedImage> images)
    {
        var (taken, next) = (new HashSet<int>(), pages.Count);
        foreach (var part in Cut(images))
        {
            var open = Enumerable.Range(0, pages.Count).Where(number => !taken.Contains(number) && HasRoom(pages[number], part));
            var number = open.Append(next).First();
            next += number == next ? 1 : 0;
            taken.Add(number);
            yield return new(number, part);
        }
    }

    private static bool HasRoom(LotPage page, List<NamedImage> part) => page.Blob is null
        || (page.References.Count + part.Count <= MostReferences && page.Bytes + part.Sum(image => image.File.Size) <= MostBytes);

    private static IEnumerable<List<NamedImage>> Cut(IEnumerable<NamedImage> images)
    {
        var (part, bytes) = (new List<NamedImage>(), 0L);
        foreach (var image in images)
        {
            if (part.Count == MostReferences || (part.Count > 0 && bytes + image.File.Size > MostBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(image);
            bytes += image.File.Size;
        }

        if (part.Count > 0)
            yield return part;
    }
}
