using Siamese.Model.Data;

namespace Siamese.Model.Sampling;

/// <summary>A list of training triplets drawn once.</summary>
public static class TripletList
{
    /// <summary>Draws triplets, the anchor uniform over the images. Needs classes: given pairs make no triplets.</summary>
    public static ImageTriplet[] Draw(DataSplit split, int count, Random random)
    {
        var classes = new ClassIndex(split.Images);
        return [.. Enumerable.Range(0, count).Select(_ => classes.DrawTriplet(random))];
    }
}
