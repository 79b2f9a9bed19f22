using Siamese.Contracts.Documents;
using Siamese.Contracts.Trials;

namespace Siamese.Client.Tests.Documents;

public sealed class PointSummaryTests
{
    [Fact]
    public void Points_are_ranked_by_their_mean_so_that_a_lucky_trial_does_not_win()
    {
        var points = PointSummary.Rank([Trial(1, 1, 0.01), Trial(1, 2, 0.05), Trial(2, 1, 0.02), Trial(2, 2, 0.03)]);

        Assert.Equal([2.0, 1.0], points.Select(point => point.Hyperparameters.Margin!.Value));
        Assert.Equal(0.025, points[0].Mean!.Value, 1e-12);
        Assert.Equal(0.03, points[1].Mean!.Value, 1e-12);
    }

    /// <summary>By hand: the standard deviation of 1, 2 and 3 % is 1 %, and t with two degrees of freedom is 4.3027.</summary>
    [Fact]
    public void The_interval_is_based_on_students_t()
    {
        var point = Assert.Single(PointSummary.Rank([Trial(1, 1, 0.01), Trial(1, 2, 0.02), Trial(1, 3, 0.03)]));
        Assert.Equal(4.302653 * 0.01 / Math.Sqrt(3), point.HalfWidth!.Value, 1e-6);
    }

    [Fact]
    public void A_point_with_an_unusable_trial_ranks_after_points_without()
    {
        var points = PointSummary.Rank([Trial(1, 1, 0.01), Trial(1, 2, 0.5, TrialStatus.Unusable), Trial(2, 1, 0.2), Trial(2, 2, 0.3)]);
        Assert.Equal([2.0, 1.0], points.Select(point => point.Hyperparameters.Margin!.Value));
        Assert.Equal((1, 0.01, null), (points[1].Usable, points[1].Mean, points[1].HalfWidth));
    }

    [Fact]
    public void Points_with_one_trial_each_are_not_ranked() =>
        Assert.Empty(PointSummary.Rank([Trial(1, 1, 0.01), Trial(2, 1, 0.02)]));

    private static TrialReport Trial(double margin, int seed, double eer, TrialStatus status = TrialStatus.Completed) =>
        Some.Trial($"{margin}-{seed}", margin, eer, status) with { Spec = Some.Spec(margin, seed) };
}
