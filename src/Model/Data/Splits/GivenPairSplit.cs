using Siamese.Model.Data.Images;

namespace Siamese.Model.Data.Splits;

/// <summary>Extracts one part of images whose pairs are given.</summary>
internal static class GivenPairSplit
{
    /// <summary>The images of the part and, in their order, the pairs with both images in it.</summary>
    public static DataSplit Take(ImageSet images, ImagePair[] pairs, int[] parts, int part)
    {
        var chosen = Enumerable.Range(0, images.Count).Where(i => parts[i] == part).ToArray();
        var moved = new int[images.Count];
        for (var i = 0; i < chosen.Length; i++)
            moved[chosen[i]] = i;
        var inside = pairs.Where(pair => parts[pair.First] == part && parts[pair.Second] == part);
        return new DataSplit(
            images.Select(chosen),
            [.. inside.Select(pair => pair with { First = moved[pair.First], Second = moved[pair.Second] })]);
    }
}
