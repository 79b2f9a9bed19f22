using System.Numerics.Tensors;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Model.Ensembles;

/// <summary>
/// The mean of many <see cref="GreedySelection"/>s, each on validation images drawn with replacement, so that the members do
/// not depend on a few images: Caruana, Munson, Niculescu-Mizil, "Getting the most out of ensemble selection", ICDM 2006, but
/// with bags of examples (Breiman, "Bagging predictors", Machine Learning 1996) instead of bags of candidates. It draws
/// images, not pairs, because the pairs of one image tend to be right or wrong together.
/// </summary>
public static class BaggedSelection
{
    /// <summary>Default number of draws of the images.</summary>
    public const int DefaultBags = 20;

    /// <summary>The weight of each candidate, 0 to 1, summing to 1. The same candidates in the same order get the same weights.</summary>
    /// <param name="normalisedDistances">For each candidate, the distances of the pairs divided by its own threshold.</param>
    /// <param name="pairs">The validation pairs.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <param name="maximumMembers">Maximum number of candidates with a weight above 0: those with the largest means, and of equal ones the earlier.</param>
    /// <param name="bags">Number of draws, each of as many images, from 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <remarks>If the mean is worse on these pairs than the best candidate alone, that candidate gets all the weight.</remarks>
    /// <exception cref="ArgumentException">There is no candidate, a kind of pair is missing, or the distances are not finite or do not match the pairs.</exception>
    public static double[] Weights(
        IReadOnlyList<float[]> normalisedDistances, ImagePair[] pairs, int images, int maximumMembers, int bags = DefaultBags, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumMembers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bags, 1);
        var counter = new ErrorCounter(pairs);
        var errors = normalisedDistances.Select(distances => counter.Count(distances, terms: 1).Error).ToArray();
        if (errors.Length == 1)
            return [1];
        var mean = new double[errors.Length];
        var draws = new ImageDraws(pairs, images, seed);
        for (var bag = 0; bag < bags; bag++)
            TensorPrimitives.Add(mean, OfBag(normalisedDistances, pairs, draws), mean);

        var weights = Largest(mean, maximumMembers);
        var best = Array.IndexOf(errors, errors.Min());
        return counter.Count(Combine(normalisedDistances, weights), terms: 1).Error <= errors[best]
            ? weights
            : [.. errors.Select((_, c) => c == best ? 1.0 : 0)];
    }

    private static double[] OfBag(IReadOnlyList<float[]> candidates, ImagePair[] pairs, ImageDraws draws)
    {
        draws.Next();
        var times = Array.ConvertAll(pairs, draws.Of);
        var drawn = Enumerable.Range(0, pairs.Length).Where(i => times[i] > 0).ToArray();
        return GreedySelection.Weights(
            [.. candidates.Select(distances => Array.ConvertAll(drawn, i => distances[i]))],
            new ErrorCounter(Array.ConvertAll(drawn, i => pairs[i]), Array.ConvertAll(drawn, i => times[i])));
    }

    /// <summary>The largest weights, scaled to sum to 1; the others are 0.</summary>
    private static double[] Largest(double[] weights, int count)
    {
        var kept = Enumerable.Range(0, weights.Length).OrderByDescending(c => weights[c]).Take(count).ToArray();
        var sum = kept.Sum(c => weights[c]);
        var largest = new double[weights.Length];
        foreach (var c in kept)
            largest[c] = weights[c] / sum;
        return largest;
    }

    private static float[] Combine(IReadOnlyList<float[]> candidates, double[] weights)
    {
        var sum = new float[candidates[0].Length];
        for (var c = 0; c < weights.Length; c++)
            TensorPrimitives.MultiplyAdd(candidates[c], (float)weights[c], sum, sum);
        return sum;
    }
}
