using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Recalibrating;

namespace Siamese.Model.Ensembles;

/// <summary>Makes a version of an ensemble with probabilities and threshold corrected by feedback. Its members are the same.</summary>
public static class RecalibratedEnsemble
{
    private const int Halvings = 60;

    /// <summary>Largest new threshold, as a multiple of the original one.</summary>
    private const double Farthest = 16;

    /// <param name="original">The original version, before any recalibration here.</param>
    /// <param name="found">The correction of its probabilities.</param>
    /// <param name="version">From 1.</param>
    /// <param name="formedAt">The current time.</param>
    public static Ensemble Of(Ensemble original, Recalibration found, int version, DateTimeOffset formedAt) => original with
    {
        Version = version,
        FormedAt = formedAt,
        Recalibration = original.Recalibration is { } before
            ? found with { Slope = found.Slope * before.Slope, Shift = (found.Slope * before.Shift) + found.Shift }
            : found,
        Threshold = Threshold(original, found),
    };

    /// <summary>
    /// The distance at which the corrected probability equals the original probability at the original threshold. If that
    /// holds for a range of distances, the one nearest to the original threshold.
    /// </summary>
    private static double Threshold(Ensemble original, Recalibration found)
    {
        var before = EnsembleVerdict.Probability(original, original.Threshold);
        double Corrected(double distance) => found.Correct(EnsembleVerdict.Probability(original, distance));
        var near = First(distance => Corrected(distance) <= before, original.Threshold);
        var far = First(distance => Corrected(distance) < before, original.Threshold);
        return Math.Clamp(original.Threshold, near, far);
    }

    /// <summary>The smallest distance from which a condition holds. It keeps holding beyond, because probabilities only fall.</summary>
    private static double First(Predicate<double> isSo, double threshold)
    {
        var (low, high) = (0.0, Farthest * threshold);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = isSo(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
