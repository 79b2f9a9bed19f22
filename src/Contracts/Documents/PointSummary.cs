using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Documents;

/// <summary>The result of one point's trials: the same hyperparameters with several seeds, or on several shards.</summary>
/// <param name="Trials">Its trials, in the order given.</param>
/// <param name="Usable">Number of trials that ended usable.</param>
/// <param name="Mean">Mean validation EER of the usable trials, 0 to 1; null if there are none.</param>
/// <param name="HalfWidth">Half the width of the mean's 95 % interval by Student's t; null for fewer than two usable trials.</param>
public sealed record PointSummary(IReadOnlyList<TrialReport> Trials, int Usable, double? Mean, double? HalfWidth)
{
    private const double Confidence = 0.95;

    public Hyperparameters Hyperparameters => Trials[0].Spec.Hyperparameters;

    /// <summary>
    /// Every point, lowest mean first; points with trials that are not usable come last. Empty if every point has a single
    /// trial: then the points add nothing to the trials.
    /// </summary>
    public static IReadOnlyList<PointSummary> Rank(IReadOnlyCollection<TrialReport> trials)
    {
        var points = trials.GroupBy(trial => trial.Spec.Hyperparameters).Select(point => Of([.. point])).ToArray();
        return points.Length == trials.Count
            ? []
            : [.. points.OrderBy(point => point.Usable < point.Trials.Count).ThenBy(point => point.Mean ?? double.PositiveInfinity)];
    }

    private static PointSummary Of(IReadOnlyList<TrialReport> trials)
    {
        double[] eers = [.. trials.Where(trial => trial.Status is TrialStatus.Completed).Select(trial => trial.Result?.Validation?.Eer).OfType<double>()];
        return new(trials, eers.Length, eers.Length == 0 ? null : eers.Average(), eers.Length < 2 ? null : HalfWidthOf(eers));
    }

    private static double HalfWidthOf(double[] values) =>
        StudentT.InvCDF(0, 1, values.Length - 1, (1 + Confidence) / 2) * values.StandardDeviation() / Math.Sqrt(values.Length);
}
