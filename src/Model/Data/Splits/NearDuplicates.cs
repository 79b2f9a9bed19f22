using System.Globalization;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data.Splits;

/// <summary>
/// Finds pictures that are nearly the same, such as a photograph saved twice as JPEG. Candidates have the same perceptual
/// hash: which cells of an 8×8 grid are lighter than the mean (the average hash). Of these, pictures count that differ by
/// few grey levels. Finds most of them, not all.
/// </summary>
internal static class NearDuplicates
{
    /// <summary>Difference of two pictures, as a share of how much one differs from a plain surface, up to which they are nearly the same.</summary>
    private const double Nearly = 0.02;

    /// <summary>Pictures with one hash that are compared; more would take long, and say little about them.</summary>
    private const int MostCompared = 300;

    private const int Cells = 8;

    /// <summary>A sentence for the user; null if there are none.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="contents">A hash of each: equal ones are copies, which do not count here.</param>
    /// <param name="nameOf">The name of a picture.</param>
    public static string? Remark(ImageSet images, UInt128[] contents, Func<int, string> nameOf)
    {
        var near = new HashSet<int>();
        var example = (First: 0, Second: 0);
        var hashes = new ulong[images.Count];
        DedicatedThreads.ForEach(images.Count, i => hashes[i] = Hash(images, i), CancellationToken.None);
        foreach (var candidates in Enumerable.Range(0, images.Count).GroupBy(i => hashes[i]).Select(group => group.Take(MostCompared).ToArray()))
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (contents[candidates[i]] == contents[candidates[j]] || !AreNear(images[candidates[i]], images[candidates[j]]))
                        continue;
                    if (near.Count == 0)
                        example = (candidates[j], candidates[i]);
                    near.Add(candidates[i]);
                    break;
                }
            }
        }

        return near.Count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Images that look nearly like another one: {near.Count}, such as {nameOf(example.First)} and {nameOf(example.Second)}. If they show the same scan or photograph, results look better than they are.");
    }

    private static ulong Hash(ImageSet images, int index)
    {
        var shape = (ImageShape)images.Shape;
        var cells = Resampling.Stretch(images[index][..shape.Area].ToArray(), shape.Width, shape.Height, Cells, Cells);
        var mean = cells.Sum(cell => cell) / (double)cells.Length;
        var hash = 0UL;
        foreach (var cell in cells)
            hash = hash << 1 | (cell > mean ? 1UL : 0);
        return hash;
    }

    private static bool AreNear(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var left = Nearly * Contrast(one);
        for (var i = 0; i < one.Length && left >= 0; i++)
            left -= Math.Abs(one[i] - other[i]);
        return left >= 0;
    }

    /// <summary>The sum of differences from the mean.</summary>
    private static double Contrast(ReadOnlySpan<byte> pixels)
    {
        var (sum, contrast) = (0L, 0.0);
        foreach (var pixel in pixels)
            sum += pixel;
        var mean = (double)sum / pixels.Length;
        foreach (var pixel in pixels)
            contrast += Math.Abs(pixel - mean);
        return contrast;
    }
}
