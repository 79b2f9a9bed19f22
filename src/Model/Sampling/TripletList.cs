using Siamese.Model.Data.Splits;

namespace Siamese.Model.Sampling;

/// <summary>Draws a list of training triplets once.</summary>
public static class TripletList
{
    /// <summary>Draws triplets with anchors uniform over the images. Needs classes; given pairs are not enough.</summary>
    public static ImageTriplet[] Draw(DataSplit split, int count, Random random)
    {
        var classes = new ClassIndex(split.Images);
        return [.. Enumerable.Range(0, count).Select(_ => classes.DrawTriplet(random))];
    }
}

/// <summary>Three images of a set, by index: an anchor, an image of its class and an image of another class.</summary>
public readonly record struct ImageTriplet(int Anchor, int Positive, int Negative);
