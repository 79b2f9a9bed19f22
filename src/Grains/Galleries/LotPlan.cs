using Siamese.Contracts.Galleries;

namespace Siamese.Grains.Galleries;

/// <summary>Into which lots of a gallery new references go.</summary>
/// <param name="Number">The lot: one that has room, an empty one, or the next new one.</param>
/// <param name="Images">What it gets besides what it has.</param>
internal sealed record LotPlan(int Number, IReadOnlyList<NamedImage> Images)
{
    /// <summary>References that a lot may have: one by one they are written again with it, and so many are embedded at once.</summary>
    public const int MostReferences = 512;

    /// <summary>Bytes of images that a lot may have, but one image at least.</summary>
    public const long MostBytes = 4 << 20;

    /// <summary>The first lot goes where all of it still fits, so that one at a time they fill a lot up and many at once need not write another again.</summary>
    /// <param name="pages">The lots that there are.</param>
    /// <param name="images">New ones.</param>
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
        || (page.References.Count + part.Count <= MostReferences && page.Bytes + part.Sum(image => (long)image.File.Bytes.Length) <= MostBytes);

    private static IEnumerable<List<NamedImage>> Cut(IEnumerable<NamedImage> images)
    {
        var (part, bytes) = (new List<NamedImage>(), 0L);
        foreach (var image in images)
        {
            if (part.Count == MostReferences || (part.Count > 0 && bytes + image.File.Bytes.Length > MostBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(image);
            bytes += image.File.Bytes.Length;
        }

        if (part.Count > 0)
            yield return part;
    }
}
