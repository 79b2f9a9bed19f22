using Siamese.Contracts.Ensembles;

namespace Siamese.Model.Ensembles;

/// <summary>Makes a version of an ensemble whose probabilities and threshold heed feedback. Its members are the same.</summary>
public static class RecalibratedEnsemble
{
    private const int Halvings = 60;

    /// <summary>The farthest that a threshold moves, as a multiple of what it was.</summary>
    private const double Farthest = 16;

    /// <param name="original">The version that was formed, before any recalibration here.</param>
    /// <param name="found">The correction of its probabilities.</param>
    /// <param name="version">From 1.</param>
    /// <param name="formedAt">Now.</param>
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
    /// Where the corrected probability is what it was at the threshold before. Where that is so of a stretch of distances,
    /// the one of them that is nearest to the threshold before.
    /// </summary>
    private static double Threshold(Ensemble original, Recalibration found)
    {
        var before = EnsembleVerdict.Probability(original, original.Threshold);
        double Corrected(double distance) => found.Correct(EnsembleVerdict.Probability(original, distance));
        var near = First(distance => Corrected(distance) <= before, original.Threshold);
        var far = First(distance => Corrected(distance) < before, original.Threshold);
        return Math.Clamp(original.Threshold, near, far);
    }

    /// <summary>The smallest distance from which on something is so; probabilities only fall.</summary>
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
