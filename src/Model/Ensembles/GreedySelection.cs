using System.Numerics.Tensors;
using Siamese.Model.Data.Images;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Greedy forward selection with replacement: starts with the best candidate and repeatedly adds the one, chosen before
/// or not, that lowers the equal error rate of the averaged distances the most. A candidate's weight is the share of
/// rounds that chose it. Caruana, Niculescu-Mizil, Crew, Ksikes, "Ensemble selection from libraries of models", ICML 2004.
/// </summary>
public static class GreedySelection
{
    /// <summary>Default number of rounds, including the first candidate's.</summary>
    public const int DefaultRounds = 20;

    /// <summary>
    /// The weight of each candidate, 0 to 1, summing to 1: the weights of the earliest round with the lowest equal error
    /// rate, so they are never worse on these pairs than the best candidate alone.
    /// </summary>
    /// <param name="normalisedDistances">For each candidate, the distances of the pairs divided by its own threshold.</param>
    /// <param name="pairs">The validation pairs.</param>
    /// <param name="rounds">Number of choices, including the first; from 1.</param>
    /// <remarks>If two candidates lead to the same equal error rate, the larger area under the curve decides, then the earlier place.</remarks>
    /// <exception cref="ArgumentException">There is no candidate, or the distances are not finite or do not match the pairs.</exception>
    public static double[] Weights(IReadOnlyList<float[]> normalisedDistances, ReadOnlySpan<ImagePair> pairs, int rounds = DefaultRounds) =>
        Weights(normalisedDistances, new ErrorCounter(pairs), rounds);

    internal static double[] Weights(IReadOnlyList<float[]> normalisedDistances, ErrorCounter counter, int rounds = DefaultRounds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (normalisedDistances.Count == 0)
            throw new ArgumentException("There is no candidate.", nameof(normalisedDistances));

        var counts = new int[normalisedDistances.Count];
        var (sum, trial) = (new float[normalisedDistances[0].Length], new float[normalisedDistances[0].Length]);
        var best = (Error: double.PositiveInfinity, Counts: counts, Rounds: 0);
        for (var round = 1; round <= rounds; round++)
        {
            var (choice, error) = Best(normalisedDistances, counter, sum, trial, round);
            TensorPrimitives.Add(sum, normalisedDistances[choice], sum);
            counts[choice]++;
            if (error < best.Error)
                best = (error, [.. counts], round);
            if (error == 0)
                break; // It cannot get lower.
        }

        return Array.ConvertAll(best.Counts, count => count / (double)best.Rounds);
    }

    private static (int Choice, double Error) Best(
        IReadOnlyList<float[]> candidates, ErrorCounter counter, float[] sum, float[] trial, int members)
    {
        var best = (Choice: -1, Error: double.PositiveInfinity, Auc: 0.0);
        for (var c = 0; c < candidates.Count; c++)
        {
            TensorPrimitives.Add(sum, candidates[c], trial); // The sum ranks pairs like the mean.
            var (error, auc) = counter.Count(trial, members);
            if (error < best.Error || (error == best.Error && auc > best.Auc))
                best = (c, error, auc);
        }

        return (best.Choice, best.Error);
    }
}
