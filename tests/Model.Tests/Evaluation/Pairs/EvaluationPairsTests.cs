using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Pairs;

public sealed class EvaluationPairsTests
{
    [Fact]
    public void Few_images_give_every_pair_once()
    {
        var pairs = EvaluationPairs.Of(Split(3, 1, 3));

        Assert.Equal([new(0, 1, Relation.Different), new(0, 2, Relation.Same), new(1, 2, Relation.Different)], pairs);
    }

    [Fact]
    public void Given_pairs_are_used_unchanged()
    {
        ImagePair[] given = [new(1, 0, Relation.Same), new(0, 0, Relation.Different)];
        Assert.Same(given, EvaluationPairs.Of(Split(-1, -1) with { GivenPairs = given }, limit: 2));
    }

    [Fact]
    public void A_draw_has_distinct_pairs_half_of_each_kind_with_the_right_relation()
    {
        var split = Split([.. Enumerable.Range(0, 3000).Select(i => i * 7 % 10)]);
        var pairs = EvaluationPairs.Of(split, limit: 10_001);

        Assert.Equal(10_001, pairs.Length);
        Assert.Equal(5_000, pairs.Count(pair => pair.Relation == Relation.Same));
        Assert.Equal(pairs.Length, pairs.Select(pair => (pair.First, pair.Second)).Distinct().Count());
        Assert.All(pairs, pair => Assert.True(pair.First < pair.Second));
        Assert.All(pairs, pair => Assert.Equal(
            split.Images.Labels[pair.First] == split.Images.Labels[pair.Second] ? Relation.Same : Relation.Different, pair.Relation));
    }

    [Fact]
    public void A_draw_is_the_same_every_time()
    {
        var split = Split([.. Enumerable.Range(0, 500).Select(i => i % 4)]);
        Assert.Equal(EvaluationPairs.Of(split, limit: 999), EvaluationPairs.Of(split, limit: 999));
    }

    [Fact]
    public void All_pairs_of_a_scarce_kind_are_taken()
    {
        var fewSame = EvaluationPairs.Of(Split([0, 0, .. Enumerable.Range(1, 40)]), limit: 100);
        Assert.Equal((1, 99), (fewSame.Count(pair => pair.Relation == Relation.Same), fewSame.Count(pair => pair.Relation == Relation.Different)));

        var fewDifferent = EvaluationPairs.Of(Split([1, .. Enumerable.Repeat(0, 40)]), limit: 100);
        Assert.Equal((50, 40), (fewDifferent.Count(pair => pair.Relation == Relation.Same), fewDifferent.Count(pair => pair.Relation == Relation.Different)));
    }

    [Fact]
    public void Every_pair_of_a_kind_is_as_likely_as_any_other()
    {
        // Classes of 200, 400, 600 and 800 images: the draws of a kind fall on two classes in proportion to their pairs of that kind.
        int[] labels = [.. Enumerable.Range(0, 2000).Select(i => (i % 10) switch { 0 => 0, < 3 => 1, < 6 => 2, _ => 3 })];
        var pairs = EvaluationPairs.Of(Split(labels), limit: 40_000);
        for (var one = 0; one < 4; one++)
        {
            for (var other = one; other < 4; other++)
            {
                var (first, second) = (200.0 * (one + 1), 200.0 * (other + 1));
                var expected = 20_000 * (one == other ? first * (first - 1) / 2 / 599_000 : first * second / 1_400_000);
                var drawn = pairs.Count(pair => (Math.Min(labels[pair.First], labels[pair.Second]), Math.Max(labels[pair.First], labels[pair.Second])) == (one, other));
                Assert.Equal(expected, drawn, 4 * Math.Sqrt(expected));
            }
        }
    }

    [Fact]
    public void Drawing_from_sixty_thousand_images_does_not_list_all_their_pairs()
    {
        var pairs = EvaluationPairs.Of(Split([.. Enumerable.Range(0, 60_000).Select(i => i % 10)]));

        Assert.Equal(200_000, pairs.Length);
        Assert.Equal(100_000, pairs.Count(pair => pair.Relation == Relation.Same));
        Assert.Equal(30_000, pairs.Average(pair => (pair.First + pair.Second) / 2.0), 200.0);
    }

    [Fact]
    public void Images_without_a_class_need_given_pairs() =>
        Assert.Throws<ArgumentException>(() => EvaluationPairs.Of(Split(0, -1)));

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public void Different_pairs_within_groups_join_two_classes_of_one_group(int each)
    {
        // Classes 0 to 3, two images each; 0 and 2 are in one group, 1 and 3 in the other.
        int[] labels = [0, 1, 2, 3, 3, 2, 1, 0];
        int[] groups = [7, 5, 7, 5];

        var pairs = EvaluationPairs.Draw(labels, groups, each, seed: 1);

        var everyDifferent = from i in Enumerable.Range(0, 8)
                             from j in Enumerable.Range(i + 1, 7 - i)
                             where labels[i] != labels[j] && groups[labels[i]] == groups[labels[j]]
                             select new ImagePair(i, j, Relation.Different);
        Assert.Equal(8, everyDifferent.Count());
        Assert.Equal(everyDifferent, pairs.Where(pair => pair.Relation is Relation.Different).OrderBy(pair => pair.First).ThenBy(pair => pair.Second));
        Assert.Equal(4, pairs.Count(pair => pair.Relation is Relation.Same && labels[pair.First] == labels[pair.Second]));
        Assert.Equal(12, pairs.Length);
    }

    [Fact]
    public void Each_seed_draws_its_own_pairs_of_each_kind()
    {
        int[] labels = [.. Enumerable.Range(0, 300).Select(i => i % 10)];

        var pairs = EvaluationPairs.Draw(labels, groupOfClass: null, each: 100, seed: 1);

        Assert.Equal((200, 100), (pairs.Distinct().Count(), pairs.Count(pair => pair.Relation is Relation.Same)));
        Assert.All(pairs, pair => Assert.Equal(labels[pair.First] == labels[pair.Second], pair.Relation is Relation.Same));
        Assert.Equal(pairs, EvaluationPairs.Draw(labels, null, 100, seed: 1));
        Assert.NotEqual(pairs, EvaluationPairs.Draw(labels, null, 100, seed: 2));
    }

    private static DataSplit Split(params int[] labels) => new(new ImageSet(new ImageShape(1, 1), new byte[labels.Length], labels));
}
