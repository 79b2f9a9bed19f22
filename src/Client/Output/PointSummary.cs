using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;

namespace Siamese.Client.Output;

/// <summary>What the trials of one point gave: the same hyperparameters with several seeds, or on several shards.</summary>
/// <param name="Trials">Its trials, in the order in which they were given.</param>
/// <param name="Usable">How many of them were trained to a usable end.</param>
/// <param name="Mean">Mean validation EER of those, 0 to 1; null where there is none.</param>
/// <param name="HalfWidth">Half the width of the mean's 95 % interval by Student's t; null of fewer than two trials.</param>
internal sealed record PointSummary(IReadOnlyList<TrialReport> Trials, int Usable, double? Mean, double? HalfWidth)
{
    private const double Confidence = 0.95;

    public Hyperparameters Hyperparameters => Trials[0].Spec.Hyperparameters;

    /// <summary>
    /// Every point, the lowest mean first; those of which a trial is missing come after the others. Empty where every point
    /// has one trial: then there is nothing to add to those.
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
