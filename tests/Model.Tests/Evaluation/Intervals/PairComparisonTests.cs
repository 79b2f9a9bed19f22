using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Evaluation.Intervals;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class PairComparisonTests
{
    [Theory]
    [InlineData(1.6, 1)]
    [InlineData(0.4, 2)]
    [InlineData(3, 3)]
    public void Each_draw_agrees_with_a_naive_resampling(double width, int seed)
    {
        const int Images = 40;
        var pairs = SomePairs.Every(Images);
        var distances = Array.ConvertAll(SomePairs.OnALine(pairs, Images, new Random(seed), width), distance => MathF.Round(distance, 2)); // With ties.
        var figures = new DrawnFigures(distances, pairs, threshold: 0.7);
        var draw = new ImageDraws(pairs, Images, seed);
        for (var i = 0; i < 50; i++)
        {
            var (same, different) = draw.Next();

            var drawn = figures.Of(draw, same, different);

            var written = (from pair in Enumerable.Range(0, pairs.Length) from _ in Enumerable.Range(0, draw.Of(pairs[pair])) select pair).ToArray();
            var expected = RocCurve.Of(Array.ConvertAll(written, pair => distances[pair]), Array.ConvertAll(written, pair => pairs[pair])).ToMetrics(0.7);
            Assert.Equal(expected.Accuracy, drawn.Accuracy, 12);
            Assert.Equal(expected.Eer, drawn.Eer, 12);
            Assert.Equal(expected.Auc, drawn.Auc, 12);
            Assert.Equal(expected.TarAtFar01, drawn.TarAtFar01, 12);
            Assert.Equal(expected.TarAtFar001, drawn.TarAtFar001, 12);
        }
    }

    [Fact]
    public void Its_figures_match_the_curve_and_lie_in_their_intervals()
    {
        const int Images = 80;
        var pairs = SomePairs.Every(Images);
        var (better, worse) = (SomePairs.OnALine(pairs, Images, new Random(1), 1.2), SomePairs.OnALine(pairs, Images, new Random(2), 2));

        var comparison = PairComparison.Of((better, 0.5), (worse, 0.7), pairs, Images, draws: 400);

        var (expected, other) = (RocCurve.Of(better, pairs).ToMetrics(0.5), RocCurve.Of(worse, pairs).ToMetrics(0.7));
        Assert.Equal((expected.Accuracy, expected.Eer, expected.Auc), (comparison.Ensemble.Accuracy.Value, comparison.Ensemble.Eer.Value, comparison.Ensemble.Auc.Value));
        Assert.Equal((expected.TarAtFar01, expected.TarAtFar001), (comparison.Ensemble.TarAtFar01.Value, comparison.Ensemble.TarAtFar001.Value));
        Assert.Equal(other.Accuracy, comparison.Member.Accuracy.Value);
        foreach (var figure in new[] { comparison.Ensemble.Accuracy, comparison.Ensemble.Eer, comparison.Ensemble.Auc, comparison.Member.Eer, comparison.Difference })
            Assert.InRange(figure.Value, figure.Low, figure.High);
        Assert.Equal(expected.Eer - other.Eer, comparison.Difference.Value, 12);
        Assert.True(comparison.Difference.High < 0);
        var eers = ImageBootstrap.Percentiles(ImageBootstrap.Eers([better], pairs, Images, draws: 400)[0]);
        Assert.Equal((eers.Low, eers.High), (comparison.Ensemble.Eer.Low, comparison.Ensemble.Eer.High));
    }

    [Fact]
    public void A_member_equal_to_the_ensemble_shows_no_difference()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 1);
        Assert.Equal(default, PairComparison.Of((distances, 1), (distances, 1), pairs, images: 100, draws: 50).Difference);
    }

    [Fact]
    public void Different_lengths_are_refused() =>
        Assert.Throws<ArgumentException>(() => PairComparison.Of(([1f], 1), ([1f], 1), [new ImagePair(0, 1, Relation.Same), new(0, 2, Relation.Different)], 3));
}
