namespace Siamese.Model.Data.Splits;

/// <summary>Extracts one part of images whose pairs are given.</summary>
internal static class GivenPairSplit
{
    /// <summary>The images of the part and, in their order, the pairs with both images in it.</summary>
    /// <param name="whole">Images with given pairs.</param>
    /// <param name="parts">The part of each image.</param>
    /// <param name="part">The part to take.</param>
    public static DataSplit Take(DataSplit whole, int[] parts, int part)
    {
        var images = whole.Images;
        var chosen = Enumerable.Range(0, images.Count).Where(i => parts[i] == part).ToArray();
        var moved = new int[images.Count];
        for (var i = 0; i < chosen.Length; i++)
            moved[chosen[i]] = i;
        var inside = whole.GivenPairs!.Where(pair => parts[pair.First] == part && parts[pair.Second] == part);
        return new DataSplit(
            images.Select(chosen),
            [.. inside.Select(pair => pair with { First = moved[pair.First], Second = moved[pair.Second] })],
            whole.Forged is { } forged ? Array.ConvertAll(chosen, image => forged[image]) : null);
    }
}
