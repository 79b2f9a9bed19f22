using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class BaggedSelectionTests
{
    private const int Images = 40;

    [Fact]
    public void On_held_out_images_it_errs_less_than_a_single_selection()
    {
        var (bagged, greedy) = (0.0, 0.0);
        for (var seed = 0; seed < 20; seed++)
        {
            var (pairs, validation, unseen) = Candidates(seed, count: 12);
            bagged += Error(unseen, BaggedSelection.Weights(validation, pairs, Images, maximumMembers: 12), pairs);
            greedy += Error(unseen, GreedySelection.Weights(validation, pairs), pairs);
        }

        Assert.True(bagged < 0.97 * greedy, $"{bagged / 20} bagged, {greedy / 20} not");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void At_most_the_maximum_number_of_members_have_weight_and_weights_sum_to_1(int maximum)
    {
        var (pairs, validation, _) = Candidates(seed: 1, count: 12);
        var weights = BaggedSelection.Weights(validation, pairs, Images, maximum);

        Assert.InRange(weights.Count(weight => weight > 0), 1, maximum);
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.All(weights, weight => Assert.True(weight >= 0));
        Assert.Equal(weights, BaggedSelection.Weights(validation, pairs, Images, maximum));
    }

    [Fact]
    public void On_the_pairs_it_was_chosen_by_it_is_never_worse_than_the_best_candidate()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (pairs, validation, _) = Candidates(seed, count: 3);
            var best = validation.Min(candidate => RocCurve.Of(candidate, pairs).EqualErrorRate);
            Assert.True(Error(validation, BaggedSelection.Weights(validation, pairs, Images, maximumMembers: 3), pairs) <= best + 1e-6);
        }
    }

    [Fact]
    public void A_single_candidate_has_all_the_weight()
    {
        var (pairs, validation, _) = Candidates(seed: 2, count: 1);
        Assert.Equal([1], BaggedSelection.Weights(validation, pairs, Images, maximumMembers: 5));
    }

    [Fact]
    public void No_candidates_a_missing_kind_of_pair_and_no_members_are_refused()
    {
        var (pairs, validation, _) = Candidates(seed: 2, count: 2);
        Assert.Throws<ArgumentException>(() => BaggedSelection.Weights([], pairs, Images, maximumMembers: 1));
        Assert.Throws<ArgumentException>(() => BaggedSelection.Weights([[1f]], SomePairs.Of(1, 0), images: 2, maximumMembers: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BaggedSelection.Weights(validation, pairs, Images, maximumMembers: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BaggedSelection.Weights(validation, pairs, Images, maximumMembers: 1, bags: 0));
    }

    private static double Error(float[][] candidates, double[] weights, ImagePair[] pairs) =>
        RocCurve.Of([.. Enumerable.Range(0, pairs.Length).Select(i => (float)candidates.Select((candidate, c) => weights[c] * candidate[i]).Sum())], pairs).EqualErrorRate;

    /// <summary>Candidates that place each image near its class with independent errors: equally good except for luck.</summary>
    private static (ImagePair[] Pairs, float[][] Validation, float[][] Unseen) Candidates(int seed, int count)
    {
        var pairs = SomePairs.Every(Images);
        var random = new Random(seed);
        return (pairs, Draw(), Draw());

        float[][] Draw() => [.. Enumerable.Range(0, count).Select(_ => SomePairs.OnALine(pairs, Images, random))];
    }
}
