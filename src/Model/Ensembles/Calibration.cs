using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Model.Ensembles;

/// <summary>
/// Probabilities for an ensemble's distances, by Platt's sigmoid or by isotonic regression: whichever predicts held-out
/// pairs better.
/// </summary>
/// <param name="Platt">Fitted to all pairs.</param>
/// <param name="Isotonic">Fitted to all pairs; null if Platt's is better, or if there are too few held-out pairs to compare.</param>
/// <param name="Check">How well the one in use predicted held-out pairs; null if there were too few.</param>
public sealed record Calibration(PlattScaling Platt, IsotonicCurve? Isotonic, CalibrationCheck? Check)
{
    private const int Folds = 5;
    private const int Seed = 1;

    /// <summary>Fits both and chooses the better one.</summary>
    /// <param name="distances">The combined distance of each validation pair.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="images">Number of images that the pairs come from.</param>
    /// <exception cref="ArgumentException">A kind is missing, the lengths differ, or a distance is not a finite number.</exception>
    public static Calibration Fit(float[] distances, ImagePair[] pairs, int images)
    {
        var platt = PlattScaling.Fit(distances, pairs);
        if (HeldOut(distances, pairs, images) is not { } held)
            return new Calibration(platt, null, null);

        var (plattLoss, isotonicLoss) = (LogLoss(held.Platt, held.Pairs), LogLoss(held.Isotonic, held.Pairs));
        var isIsotonic = isotonicLoss < plattLoss;
        var error = new CalibrationError(isIsotonic ? held.Isotonic : held.Platt, held.Pairs);
        return new Calibration(
            platt,
            isIsotonic ? IsotonicRegression.Fit(distances, pairs) : null,
            new CalibrationCheck(images, held.Pairs.Length, plattLoss, isotonicLoss, error.Error, error.Interval(images)));
    }

    /// <summary>
    /// Predictions of both for the pairs within each fifth of the images, when fitted to the pairs within the other four
    /// fifths; pairs that straddle the two are left out. Null if no fold has pairs of both kinds on both sides.
    /// </summary>
    private static (double[] Platt, double[] Isotonic, ImagePair[] Pairs)? HeldOut(float[] distances, ImagePair[] pairs, int images)
    {
        var order = Enumerable.Range(0, images).ToArray();
        new Random(Seed).Shuffle(order);
        var (platt, isotonic, heldOut) = (new List<double>(), new List<double>(), new List<ImagePair>());
        for (var fold = 0; fold < Folds; fold++)
        {
            var held = Within(pairs, image => order[image] % Folds == fold);
            var fitted = Within(pairs, image => order[image] % Folds != fold);
            if (!HasBoth(held, pairs) || !HasBoth(fitted, pairs))
                continue;
            var (fittedDistances, fittedPairs) = (Array.ConvertAll(fitted, i => distances[i]), Array.ConvertAll(fitted, i => pairs[i]));
            var sigmoid = PlattScaling.Fit(fittedDistances, fittedPairs);
            var curve = IsotonicRegression.Fit(fittedDistances, fittedPairs);
            platt.AddRange(held.Select(i => sigmoid.Probability(distances[i])));
            isotonic.AddRange(held.Select(i => curve.Probability(distances[i])));
            heldOut.AddRange(held.Select(i => pairs[i]));
        }

        return heldOut.Count == 0 ? null : ([.. platt], [.. isotonic], [.. heldOut]);
    }

    private static int[] Within(ImagePair[] pairs, Func<int, bool> isIn) =>
        [.. Enumerable.Range(0, pairs.Length).Where(i => isIn(pairs[i].First) && isIn(pairs[i].Second))];

    private static bool HasBoth(int[] chosen, ImagePair[] pairs) =>
        chosen.Any(i => pairs[i].Relation is Relation.Same) && chosen.Any(i => pairs[i].Relation is Relation.Different);

    private static double LogLoss(double[] probabilities, ImagePair[] pairs)
    {
        var (same, different) = (0.0, 0.0);
        var sames = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Relation is Relation.Same)
            {
                same -= Math.Log(Math.Max(probabilities[i], double.Epsilon));
                sames++;
            }
            else
            {
                different -= Math.Log(Math.Max(1 - probabilities[i], double.Epsilon));
            }
        }

        return ((same / sames) + (different / (pairs.Length - sames))) / 2;
    }
}
