using Siamese.Contracts.Pairs;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Fits a correction of log odds to feedback: Platt scaling of log odds (Platt 1999; Guo et al. 2017) with a normal prior
/// around no correction, so that a few pairs correct little and many pairs correct fully. Both kinds weigh the same, because
/// the probabilities are for a prior of one half: each weighs as much as the harmonic mean of the weights of the two.
/// </summary>
public static class RecalibrationFit
{
    /// <summary>Minimum number of pairs of each kind.</summary>
    public const int Fewest = 10;

    private const int Folds = 5;
    private const int MaximumSteps = 100;

    /// <summary>Standard deviations of the prior.</summary>
    private const double SlopeSpread = 0.5, ShiftSpread = 1;

    /// <summary>A correction never reverses the order of probabilities or makes them all equal.</summary>
    private const double SmallestSlope = 0.05;

    /// <summary>Log odds of 999 to 1. Certainty beyond this is not penalised further, because people make mistakes too.</summary>
    private static readonly double _mostCertain = Math.Log(999);

    /// <param name="probabilities">The probability given for each pair, for a prior of one half; above 0 and below 1.</param>
    /// <param name="truths">The true relation of each pair.</param>
    /// <param name="weights">How much each pair counts, above 0 and at most 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the weights of a kind sum up to less than <see cref="Fewest"/>.</exception>
    public static Recalibration Fit(IReadOnlyList<double> probabilities, IReadOnlyList<Relation> truths, IReadOnlyList<double> weights)
    {
        if (probabilities.Count != truths.Count || weights.Count != truths.Count)
            throw new ArgumentException($"{probabilities.Count} probabilities and {weights.Count} weights do not match {truths.Count} pairs.", nameof(truths));
        Pair[] pairs = [.. probabilities.Zip(truths, weights).Select(pair => new Pair(LogOdds(pair.First), pair.Second is Relation.Same, pair.Third))];
        var (same, different) = Count(pairs);
        // Weights are fractions whose sum is rounded.
        if (Math.Min(same, different) < Fewest - 1e-6)
            throw new ArgumentException($"{same} same and {different} different pairs are too few.", nameof(truths));

        var (slope, shift) = Newton(pairs);
        return new Recalibration(slope, shift, pairs.Count(pair => pair.IsSame), pairs.Count(pair => !pair.IsSame), Loss(pairs, _ => (1, 0)), HeldOut(pairs));
    }

    private readonly record struct Pair(double Odds, bool IsSame, double Weight);

    private static double LogOdds(double probability) =>
        Math.Clamp(Math.Log(probability) - Math.Log(1 - probability), -_mostCertain, _mostCertain);

    /// <summary>The total weight of each kind.</summary>
    private static (double Same, double Different) Count(Pair[] pairs) =>
        (pairs.Where(pair => pair.IsSame).Sum(pair => pair.Weight), pairs.Where(pair => !pair.IsSame).Sum(pair => pair.Weight));

    /// <summary>Held-out loss: every fifth pair of each kind, in the order of their odds, is predicted from the others.</summary>
    private static double HeldOut(Pair[] pairs)
    {
        var folds = new int[pairs.Length];
        foreach (var ofKind in Enumerable.Range(0, pairs.Length).GroupBy(i => pairs[i].IsSame))
        {
            foreach (var (place, i) in ofKind.OrderBy(i => pairs[i].Odds).Index())
                folds[i] = place % Folds;
        }

        var fits = Enumerable.Range(0, Folds).Select(fold => Newton([.. pairs.Where((_, i) => folds[i] != fold)])).ToArray();
        return Loss(pairs, i => fits[folds[i]]);
    }

    private static double Loss(Pair[] pairs, Func<int, (double Slope, double Shift)> fitOf)
    {
        var (same, different) = Count(pairs);
        var loss = 0.0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var (slope, shift) = fitOf(i);
            var odds = (slope * pairs[i].Odds) + shift;
            loss += pairs[i].Weight * SoftPlus(pairs[i].IsSame ? -odds : odds) / (2.0 * (pairs[i].IsSame ? same : different));
        }

        return loss;
    }

    /// <summary>The loss is convex, and strictly so thanks to its prior; steps are halved until they lower it.</summary>
    private static (double Slope, double Shift) Newton(Pair[] pairs)
    {
        var (slope, shift) = (1.0, 0.0);
        for (var round = 0; round < MaximumSteps; round++)
        {
            var (loss, gs, gb, ss, sb, bb) = Derivatives(pairs, slope, shift);
            var determinant = (ss * bb) - (sb * sb);
            var (ds, db) = (((bb * gs) - (sb * gb)) / determinant, ((ss * gb) - (sb * gs)) / determinant);
            var step = 1.0;
            while (step > 1e-10 && Derivatives(pairs, Math.Max(SmallestSlope, slope - (step * ds)), shift - (step * db)).Loss > loss)
                step /= 2;
            var next = Math.Max(SmallestSlope, slope - (step * ds));
            if (Math.Abs(next - slope) + Math.Abs(step * db) < 1e-10)
                break;
            (slope, shift) = (next, shift - (step * db));
        }

        return (slope, shift);
    }

    private static (double Loss, double Slope, double Shift, double SlopeSlope, double SlopeShift, double ShiftShift) Derivatives(
        Pair[] pairs, double slope, double shift)
    {
        var (same, different) = Count(pairs);
        var each = 2.0 * same * different / (same + different); // Weight that each kind is scaled to.
        var (loss, gs, gb) = (
            ((slope - 1) * (slope - 1) / (2 * SlopeSpread * SlopeSpread)) + (shift * shift / (2 * ShiftSpread * ShiftSpread)),
            (slope - 1) / (SlopeSpread * SlopeSpread), shift / (ShiftSpread * ShiftSpread));
        var (ss, sb, bb) = (1 / (SlopeSpread * SlopeSpread), 0.0, 1 / (ShiftSpread * ShiftSpread));
        foreach (var (odds, isSame, counts) in pairs)
        {
            var weight = counts * (each / (isSame ? same : different));
            var corrected = (slope * odds) + shift;
            var probability = 1 / (1 + Math.Exp(-corrected));
            loss += weight * SoftPlus(isSame ? -corrected : corrected);
            var (gradient, curvature) = (weight * (probability - (isSame ? 1 : 0)), weight * probability * (1 - probability));
            gs += gradient * odds;
            gb += gradient;
            ss += curvature * odds * odds;
            sb += curvature * odds;
            bb += curvature;
        }

        return (loss, gs, gb, ss, sb, bb);
    }

    /// <summary>ln(1 + eˣ).</summary>
    private static double SoftPlus(double x) => Math.Max(0, x) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
