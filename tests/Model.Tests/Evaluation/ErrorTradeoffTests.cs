using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation;

public sealed class ErrorTradeoffTests
{
    [Fact]
    public void Its_points_are_the_corners_of_the_curve()
    {
        // Same at 1, 2, 3 and 5; different at 4, 5 and 6.
        var pairs = SomePairs.Of(4, 3);
        CurvePoint[] expected =
        [
            new(MathF.BitDecrement(1), 0, 1), // Accepts none.
            new(3, 0, 0.25),
            new(4, 1.0 / 3, 0.25),
            new(5, 2.0 / 3, 0), // One pair of each kind at once: a slope.
            new(6, 1, 0),
        ];

        Assert.Equal(expected, ErrorTradeoff.Of([1, 2, 3, 5, 4, 5, 6], pairs));
    }

    [Fact]
    public void Every_threshold_lies_between_two_corners_at_the_rates_of_the_naive_curve()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 3, gridOf: 40);
        var naive = new NaiveCurve(pairs, distances);

        var points = ErrorTradeoff.Of(distances, pairs);

        Assert.All(points, point => Assert.Equal((naive.Far(point.Threshold), naive.Frr(point.Threshold)), (point.Far, point.Frr), new Near()));
        foreach (var threshold in distances)
        {
            var (far, frr) = (naive.Far(threshold), naive.Frr(threshold));
            Assert.Contains(points.Zip(points.Skip(1)), side => IsOn(side, far, frr));
        }

        static bool IsOn((CurvePoint First, CurvePoint Second) side, double far, double frr)
        {
            var area = ((side.Second.Far - side.First.Far) * (frr - side.First.Frr)) - ((side.Second.Frr - side.First.Frr) * (far - side.First.Far));
            return Math.Abs(area) < 1e-12 && side.First.Far <= far + 1e-12 && far <= side.Second.Far + 1e-12 && side.Second.Frr <= frr + 1e-12 && frr <= side.First.Frr + 1e-12;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(50)]
    [InlineData(400)]
    public void At_most_the_limit_of_corners_is_kept_and_no_corner_is_far_from_a_kept_one(int limit)
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 4, same: 20_000, different: 20_000);
        var all = ErrorTradeoff.Of(distances, pairs, int.MaxValue);

        var points = ErrorTradeoff.Of(distances, pairs, limit);

        Assert.InRange(points.Length, Math.Min(limit, 20) / 2, limit);
        Assert.Equal((all[0], all[^1]), (points[0], points[^1]));
        Assert.Equal(points.Order(Comparer<CurvePoint>.Create((one, other) => one.Threshold.CompareTo(other.Threshold))), points);
        Assert.All(points, point => Assert.Contains(point, all));
        if (limit < 50)
            return;
        // A skipped corner has nearly the rates of the last point kept before it, within a relative error.
        foreach (var corner in all.Where(corner => corner.Far > 0.0005 && corner.Frr > 0.0005))
        {
            var kept = points.Last(point => point.Threshold <= corner.Threshold);
            Assert.InRange(corner.Far / kept.Far, 1, limit == 50 ? 2 : 1.15);
            Assert.InRange(kept.Frr / corner.Frr, 1, limit == 50 ? 2 : 1.15);
        }
    }

    [Fact]
    public void Normal_deviates_match_published_tables()
    {
        Assert.Equal(0, NormalDeviate.Of(0.5), 0.0005);
        Assert.Equal(1.9600, NormalDeviate.Of(0.975), 0.0005);
        Assert.Equal(-2.3263, NormalDeviate.Of(0.01), 0.0005);
        Assert.Equal(-3.7190, NormalDeviate.Of(0.0001), 0.0005);
    }

    [Fact]
    public void A_missing_kind_is_refused() =>
        Assert.Throws<ArgumentException>(() => ErrorTradeoff.Of([1, 2], [new ImagePair(0, 1, Relation.Same), new(1, 2, Relation.Same)]));

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-12 && Math.Abs(x.Item2 - y.Item2) < 1e-12;

        public int GetHashCode((double, double) obj) => 0;
    }
}
