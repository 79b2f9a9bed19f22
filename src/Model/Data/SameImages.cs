namespace Siamese.Model.Data;

/// <summary>Finds images that two sets have in common.</summary>
public static class SameImages
{
    /// <summary>How many of some images are, pixel by pixel, among others.</summary>
    /// <param name="images">A set.</param>
    /// <param name="chosen">Which of its images.</param>
    /// <param name="others">Other sets, of the same shape.</param>
    public static int Count(ImageSet images, IReadOnlyList<int> chosen, params IReadOnlyList<ImageSet> others)
    {
        if (others.Any(other => other.Shape != images.Shape))
            throw new ArgumentException("Images of two shapes cannot be compared.", nameof(others));
        var known = new HashSet<UInt128>();
        foreach (var other in others)
        {
            for (var i = 0; i < other.Count; i++)
                known.Add(ContentHash.Short(other[i]));
        }

        return chosen.Count(i => known.Contains(ContentHash.Short(images[i])));
    }
}
