using Siamese.Model.Evaluation.Intervals;

namespace Siamese.Model.Tests.Evaluation.Intervals;

public sealed class PermutationTestTests
{
    [Fact]
    public void A_small_case_matches_a_hand_computation()
    {
        // Of the 10 ways to take two of 1 2 3 4 9, only {4, 9} is this far from the mean sum of 7.6: it has 13, and the next, {1, 2}, has 3.
        var chance = PermutationTest.Chance([4, 9], [1, 2, 3], seed: 1);

        Assert.Equal(0.1, chance, 0.01);
    }

    [Fact]
    public void Samples_that_are_alike_differ_only_by_chance() => Assert.Equal(1, PermutationTest.Chance([1, 1], [1, 1, 1], seed: 1));

    [Fact]
    public void About_one_in_twenty_tests_on_one_distribution_is_below_a_twentieth()
    {
        var random = new Random(7);
        var below = 0;
        for (var trial = 0; trial < 300; trial++)
        {
            double[] few = [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() < 0.9 ? 1.0 : random.NextDouble())];
            double[] many = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble() < 0.9 ? 1.0 : random.NextDouble())];
            below += PermutationTest.Chance(few, many, seed: trial) <= 0.05 ? 1 : 0;
        }

        Assert.InRange(below, 4, 28); // Expected 15 of 300, standard deviation about 3.8.
    }

    [Fact]
    public void Disjoint_samples_do_not_differ_by_chance() =>
        Assert.Equal(1e-4, PermutationTest.Chance([.. Enumerable.Repeat(5.0, 20)], [.. Enumerable.Range(0, 100).Select(i => i / 100.0)], seed: 1), 1e-12);

    [Fact]
    public void An_empty_sample_is_refused() => Assert.Throws<ArgumentException>(() => PermutationTest.Chance([], [1], seed: 1));
}
