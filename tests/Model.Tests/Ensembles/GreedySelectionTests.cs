using Siamese.Model.Data.Images;
using Siamese.Model.Ensembles;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Evaluation.Pairs;

namespace Siamese.Model.Tests.Ensembles;

public sealed class GreedySelectionTests
{
    [Fact]
    public void Members_that_err_on_different_pairs_are_chosen_over_one_that_errs_on_the_same_pairs()
    {
        // One and two each misplace a pair of each kind by so little that the other makes up for it; three misplaces the same pairs as one.
        var pairs = SomePairs.Of(4, 4);
        float[] one = [1.2f, 0.2f, 0.2f, 0.2f, 0.8f, 1.8f, 1.8f, 1.8f];
        float[] two = [0.2f, 1.3f, 0.2f, 0.2f, 1.8f, 0.7f, 1.8f, 1.8f];
        float[] three = [1.4f, 0.2f, 0.2f, 0.2f, 0.6f, 1.8f, 1.8f, 1.8f];

        Assert.Equal([0.5, 0.5, 0], GreedySelection.Weights([one, two, three], pairs));
    }

    [Fact]
    public void A_candidate_may_be_chosen_more_than_once()
    {
        // Of the means of a few, only three of the first to one of the second gets every pair right.
        var pairs = SomePairs.Of(2, 2);
        float[] first = [1.1f, 0.5f, 1.0f, 1.5f];
        float[] second = [0.0f, 1.9f, 1.4f, 0.6f];

        var weights = GreedySelection.Weights([first, second], pairs);

        Assert.True(weights[0] > weights[1] && weights[1] > 0);
        Assert.Equal(0, RocCurve.Of(Mean([first, second], weights), pairs).EqualErrorRate);
    }

    [Fact]
    public void The_search_agrees_with_a_naive_search()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (pairs, candidates) = Candidates(seed, count: 5);
            Assert.Equal(NaiveWeights(candidates, pairs, rounds: 8), GreedySelection.Weights(candidates, pairs, rounds: 8));
        }
    }

    [Fact]
    public void The_selection_is_never_worse_than_the_best_single_candidate()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (pairs, candidates) = Candidates(seed, count: 2 + seed % 4);
            var weights = GreedySelection.Weights(candidates, pairs);

            Assert.Equal(1, weights.Sum(), 1e-12);
            var best = candidates.Min(candidate => RocCurve.Of(candidate, pairs).EqualErrorRate);
            Assert.True(RocCurve.Of(Mean(candidates, weights), pairs).EqualErrorRate <= best + 1e-9);
        }
    }

    [Fact]
    public void Independent_candidates_together_beat_each_alone()
    {
        var (pairs, candidates) = Candidates(seed: 3, count: 4);
        var weights = GreedySelection.Weights(candidates, pairs);

        Assert.All(weights, weight => Assert.True(weight > 0));
        var together = RocCurve.Of(Mean(candidates, weights), pairs).EqualErrorRate;
        Assert.All(candidates, candidate => Assert.True(together < 0.8 * RocCurve.Of(candidate, pairs).EqualErrorRate));
    }

    [Fact]
    public void A_single_candidate_and_the_first_of_two_identical_ones_take_all_the_weight()
    {
        var (pairs, distances) = SomePairs.Drawn(seed: 4);
        Assert.Equal([1], GreedySelection.Weights([distances], pairs));
        Assert.Equal([1, 0], GreedySelection.Weights([distances, distances], pairs));
    }

    [Fact]
    public void No_candidates_and_too_few_distances_are_refused()
    {
        Assert.Throws<ArgumentException>(() => GreedySelection.Weights([], SomePairs.Of(1, 1)));
        Assert.Throws<ArgumentException>(() => GreedySelection.Weights([[1f]], SomePairs.Of(1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => GreedySelection.Weights([[1f, 2f]], SomePairs.Of(1, 1), rounds: 0));
    }

    private static (ImagePair[] Pairs, float[][] Distances) Candidates(int seed, int count)
    {
        var drawn = Enumerable.Range(0, count).Select(c => SomePairs.Drawn(100 * seed + c, same: 300, different: 400)).ToArray();
        return (drawn[0].Pairs, [.. drawn.Select(one => one.Distances)]);
    }

    private static float[] Mean(float[][] candidates, double[] weights) =>
        [.. Enumerable.Range(0, candidates[0].Length).Select(i => (float)candidates.Select((candidate, c) => weights[c] * candidate[i]).Sum())];

    private static double[] NaiveWeights(float[][] candidates, ImagePair[] pairs, int rounds)
    {
        var chosen = new List<int>();
        var errors = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var (choice, error) = Enumerable.Range(0, candidates.Length)
                .Select(c => (Choice: c, Curve: RocCurve.Of(Sum([.. chosen, c]), pairs)))
                .OrderBy(one => one.Curve.EqualErrorRate).ThenByDescending(one => one.Curve.Auc).ThenBy(one => one.Choice)
                .Select(one => (one.Choice, one.Curve.EqualErrorRate)).First();
            chosen.Add(choice);
            errors.Add(error);
        }

        var best = chosen.Take(errors.IndexOf(errors.Min()) + 1).ToArray();
        return [.. Enumerable.Range(0, candidates.Length).Select(c => best.Count(choice => choice == c) / (double)best.Length)];

        // Adds one after the other in single precision, because rounding decides near ties.
        float[] Sum(int[] members) => [.. Enumerable.Range(0, pairs.Length).Select(i => members.Aggregate(0f, (sum, c) => sum + candidates[c][i]))];
    }
}
