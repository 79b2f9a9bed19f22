using System.Collections.Immutable;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;

namespace Siamese.Grains.Verdicts;

/// <summary>Pairs that an ensemble of images and pen strokes is asked about.</summary>
internal static class MixedPairs
{
    /// <summary>The images that pairs use, and the pairs as indices among these, so that the other images of a call need not be decoded.</summary>
    public static (ImmutableArray<int> Used, ImmutableArray<PairOfImages> Pairs) Among(IEnumerable<PairOfImages> pairs)
    {
        var (used, places) = (ImmutableArray.CreateBuilder<int>(), new Dictionary<int, int>());
        ImmutableArray<PairOfImages> among = [.. pairs.Select(pair => new PairOfImages(PlaceOf(pair.First), PlaceOf(pair.Second)))];
        return (used.ToImmutable(), among);

        int PlaceOf(int image)
        {
            if (places.TryAdd(image, used.Count))
                used.Add(image);
            return places[image];
        }
    }

    /// <summary>Why a pair cannot be judged; null if it can.</summary>
    /// <param name="shared">What both of its images are there as.</param>
    /// <param name="terms">How to judge it.</param>
    public static string? ProblemOf(InputKinds shared, VerdictTerms terms)
    {
        if (shared == default)
            return "The two cannot be compared: one is an image, and the other is pen strokes. Give images of both, or pen strokes of both.";
        if (shared is InputKinds.Both)
            return null;
        var term = terms.MaximumFar is not null ? "max-far" : terms.MaximumFrr is not null ? "max-frr" : terms.Novelty is not null ? "novelty" : null;
        return term is null ? null
            : $"'{term}' is about what all members of the ensemble measured, and some take no part, because not both are there as images and as pen strokes. Add the missing files, or leave it out.";
    }
}
