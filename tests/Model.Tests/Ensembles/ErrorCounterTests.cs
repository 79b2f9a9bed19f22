using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class ErrorCounterTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 3)]
    [InlineData(50, 1)]
    [InlineData(4, 7)]
    [InlineData(1, 1)]
    public void The_error_matches_the_curve_exactly(int? gridOf, int terms)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (pairs, distances) = SomePairs.Drawn(seed, same: 1 + seed % 7 * 11, different: 1 + seed % 5 * 23, gridOf);
            Assert.Equal(RocCurve.Of(distances, pairs).EqualErrorRate, new ErrorCounter(pairs).Count(distances, terms).Error);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public void A_pair_counted_several_times_equals_several_pairs(int? gridOf)
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 5, gridOf: gridOf);
        int[] times = [.. Enumerable.Range(0, pairs.Length).Select(i => i % 4)];
        int[] written = [.. times.SelectMany((count, i) => Enumerable.Repeat(i, count))];

        var (error, auc) = new ErrorCounter(pairs, times).Count(distances, 1);

        Assert.Equal(new ErrorCounter(Array.ConvertAll(written, i => pairs[i])).Count(Array.ConvertAll(written, i => distances[i]), 1), (error, auc));
    }

    [Fact]
    public void Distances_far_beyond_the_bins_are_counted_too()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 1, gridOf: 10);
        var far = Array.ConvertAll(distances, distance => 1000 + 1000 * distance);
        Assert.Equal(RocCurve.Of(far, pairs).EqualErrorRate, new ErrorCounter(pairs).Count(far, 1).Error);
    }

    [Fact]
    public void The_area_matches_the_curve_except_for_pairs_in_one_bin()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 2, gridOf: 100);
        Assert.Equal(RocCurve.Of(distances, pairs).Auc, new ErrorCounter(pairs).Count(distances, 1).Auc, 1e-12);
    }

    [Fact]
    public void Missing_kinds_and_invalid_distances_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ErrorCounter(SomePairs.Of(3, 0)));
        var counter = new ErrorCounter(SomePairs.Of(1, 1));
        Assert.Throws<ArgumentException>(() => counter.Count([1], 1));
        Assert.Throws<ArgumentException>(() => counter.Count([1, float.NaN], 1));
        Assert.Throws<ArgumentException>(() => counter.Count([1, -1], 1));
        Assert.Throws<ArgumentException>(() => counter.Count([1, float.PositiveInfinity], 1));
    }
}
