using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;

namespace Siamese.Model.Data;

/// <summary>Finds images that two sets have in common.</summary>
public static class SameImages
{
    /// <summary>Number of the chosen images that are, pixel by pixel, in one of the other sets.</summary>
    /// <param name="images">A set.</param>
    /// <param name="chosen">Indices of the chosen images.</param>
    /// <param name="others">Other sets, of the same shape.</param>
    public static int Count(ImageSet images, IReadOnlyList<int> chosen, params IReadOnlyList<ImageSet> others)
    {
        if (others.Any(other => other.Shape != images.Shape))
            throw new ArgumentException("Images of different shapes cannot be compared.", nameof(others));
        var known = new HashSet<UInt128>();
        foreach (var other in others)
        {
            for (var i = 0; i < other.Count; i++)
                known.Add(ContentHash.Short(other[i]));
        }

        return chosen.Count(i => known.Contains(ContentHash.Short(images[i])));
    }
}
