using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;

namespace Siamese.Contracts.Documents;

/// <summary>A sweep that has ended: the document of `sweep` and `watch`.</summary>
/// <param name="Stopped">Why it stopped before all of its trials were trained; null if it did not.</param>
/// <param name="LeftOut">Points that its search proposed but that are not trained, in words; null if there are none.</param>
/// <param name="Points">Its points, lowest mean validation EER first; null if every point has a single trial.</param>
/// <param name="Ensemble">Name of the ensemble; null if there was no usable member.</param>
/// <param name="Test">The ensemble on test pairs.</param>
/// <param name="BestMember">The member with the lowest validation EER, on the same test pairs.</param>
public sealed record SweepDocument(
    string Sweep, string? Ensemble, double? Seconds, string? Stopped, string? LeftOut, IReadOnlyList<PointDocument>? Points,
    IReadOnlyList<TrialDocument> Trials, SweepDocument.TestPairs? Test, SweepDocument.Best? BestMember)
{
    public static SweepDocument Of(SweepProgress progress, IReadOnlyCollection<TrialReport> trials)
    {
        var result = progress.Result;
        return new(
            progress.Sweep,
            progress.Ensemble,
            MetricsDocument.Finite(progress.Seconds),
            progress.Stopped,
            progress.LeftOut,
            PointDocument.Of(trials),
            [.. trials.Select(TrialDocument.Of)],
            result is null ? null : TestPairs.Of(result),
            result is null ? null : Best.Of(result));
    }

    /// <summary>Metrics of the ensemble on test pairs.</summary>
    /// <param name="Images">Number of test images.</param>
    /// <param name="EerLow">Lower end of the EER's 95 % interval, from a bootstrap over the images.</param>
    /// <param name="MemberErrors">Error rates of its members, in their order, and the mistakes that each two of them share.</param>
    /// <param name="AgainstBestMember">Its EER minus the best member's.</param>
    public sealed record TestPairs(
        int Pairs, int? Images, double? Eer, double? EerLow, double? EerHigh, double? Auc, double? Accuracy, double? TarAtFar01, double? TarAtFar001,
        Difference? AgainstBestMember, Calibration? CalibrationError, MemberErrors? MemberErrors)
    {
        public static TestPairs Of(SweepResult result)
        {
            var metrics = MetricsDocument.Of(result.Test)!;
            var intervals = result.Intervals;
            return new(
                result.TestPairs, intervals?.Images, metrics.Eer, intervals?.Ensemble.Low, intervals?.Ensemble.High,
                metrics.Auc, metrics.Accuracy, metrics.TarAtFar01, metrics.TarAtFar001,
                intervals is null ? null : new(result.Test.Eer - result.BestMemberTest.Eer, intervals.Difference.Low, intervals.Difference.High),
                intervals is null ? null : new(intervals.CalibrationError, intervals.Calibration.Low, intervals.Calibration.High),
                result.Errors);
        }
    }

    /// <summary>The best member alone on test pairs.</summary>
    public sealed record Best(string Trial, double? Eer, double? EerLow, double? EerHigh, double? Auc, double? Accuracy)
    {
        public static Best Of(SweepResult result)
        {
            var metrics = MetricsDocument.Of(result.BestMemberTest)!;
            var interval = result.Intervals?.BestMember;
            return new(result.BestMember, metrics.Eer, interval?.Low, interval?.High, metrics.Auc, metrics.Accuracy);
        }
    }

    /// <summary>The expected calibration error of the ensemble's probabilities, 0 to 1, with its 95 % interval.</summary>
    public sealed record Calibration(double Error, double Low, double High);

    /// <summary>A difference of two EERs with its 95 % interval, both from the same bootstrap draws of images.</summary>
    public sealed record Difference(double Eer, double Low, double High);
}
