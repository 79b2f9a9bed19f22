using Siamese.Contracts;
using Siamese.Contracts.Evaluations;
using Siamese.Model.Evaluation.OneShot;

namespace Siamese.Model.Tests.Evaluation.OneShot;

/// <summary>The images of these tests come in groups of classes; each drawer drew one image of every class.</summary>
public sealed class OneShotTests
{
    private const int Drawers = 6;

    [Fact]
    public void All_classes_of_a_trial_are_from_one_group_and_groups_take_turns()
    {
        var images = Images(groups: 4, classes: 7);

        var draw = OneShotDraw.Of(images, ways: 5, trials: 40, seed: 1);

        Assert.Equal((40, 4, 0), (draw.Trials.Count, draw.Groups, draw.GroupsLeftOut));
        Assert.All(draw.Trials, trial =>
        {
            Assert.Equal(5, trial.Support.Length);
            Assert.Equal(5, trial.Support.Select(image => images.Labels[image]).Distinct().Count());
            Assert.Single(trial.Support.Append(trial.Query).Select(images.GroupOf).Distinct());
            Assert.Equal(images.Labels[trial.Query], images.Labels[trial.Support[0]]);
            Assert.DoesNotContain(trial.Query, trial.Support);
        });
        Assert.Equal([10, 10, 10, 10], draw.Trials.CountBy(trial => images.GroupOf(trial.Query)).Select(group => group.Value));
    }

    [Fact]
    public void One_drawer_drew_the_support_images_and_another_the_query()
    {
        var images = Images(groups: 2, classes: 6);

        var draw = OneShotDraw.Of(images, ways: 6, trials: 100, seed: 2);

        Assert.Equal(DrawerRule.OneAndAnother, draw.Drawers);
        Assert.All(draw.Trials, trial => Assert.Single(trial.Support.Select(image => images.Drawers![image]).Distinct()));
        Assert.All(draw.Trials, trial => Assert.NotEqual(images.Drawers![trial.Query], images.Drawers[trial.Support[0]]));
        // Every drawer takes part.
        Assert.Equal(Drawers, draw.Trials.Select(trial => images.Drawers![trial.Query]).Distinct().Count());
    }

    [Fact]
    public void If_nobody_drew_all_classes_the_query_and_its_match_are_by_different_drawers()
    {
        // Drawers 0 and 1 drew class 0, drawers 2 and 3 class 1, and so on.
        var images = new OneShotImages([0, 0, 0, 1, 1, 1, 2, 2, 2], null, [0, 0, 1, 2, 2, 3, 4, 4, 5]);

        var draw = OneShotDraw.Of(images, ways: 3, trials: 60, seed: 1);

        Assert.Equal((DrawerRule.Different, 0), (draw.Drawers, draw.Groups));
        Assert.All(draw.Trials, trial => Assert.NotEqual(images.Drawers![trial.Query], images.Drawers[trial.Support[0]]));
    }

    [Fact]
    public void Without_drawers_the_query_is_another_image_of_its_class()
    {
        var draw = OneShotDraw.Of(Images(groups: 1, classes: 4) with { Drawers = null, GroupOfClass = null }, ways: 4, trials: 30, seed: 1);

        Assert.Equal((DrawerRule.Unknown, 0), (draw.Drawers, draw.Groups));
        Assert.All(draw.Trials, trial => Assert.NotEqual(trial.Query, trial.Support[0]));
    }

    [Fact]
    public void The_same_seed_draws_the_same_trials_and_another_seed_different_ones()
    {
        var images = Images(groups: 3, classes: 6);
        Assert.Equal(Queries(1), Queries(1));
        Assert.NotEqual(Queries(1), Queries(2));

        IEnumerable<int> Queries(int seed) => OneShotDraw.Of(images, 5, 20, seed).Trials.SelectMany(trial => trial.Support.Append(trial.Query));
    }

    [Fact]
    public void Groups_with_too_few_classes_are_left_out_and_too_many_ways_are_refused()
    {
        var few = Images(groups: 1, classes: 3);
        var many = Images(groups: 2, classes: 5);
        var both = new OneShotImages(
            [.. few.Labels, .. many.Labels.Select(label => label + 3)], [0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2], [.. few.Drawers!, .. many.Drawers!]);

        Assert.Equal((2, 1), (OneShotDraw.Of(both, 5, 10, 1).Groups, OneShotDraw.Of(both, 5, 10, 1).GroupsLeftOut));
        Assert.Contains("Choose among 5 or fewer", Assert.Throws<BadInputException>(() => OneShotDraw.Of(both, 6, 10, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("two images", Assert.Throws<BadInputException>(() => OneShotDraw.Of(new([0, 1, 2], null, null), 2, 10, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_right_image_must_be_nearest_and_ties_count_fractionally()
    {
        float[] distances = [1, 2, 3, /* */ 2, 1, 3, /* */ 1, 1, 3, /* */ 1, 1, 1];
        Assert.Equal([1, 0, 0.5, 1.0 / 3], OneShotAccuracy.Right(distances, ways: 3));
        Assert.Throws<ArgumentException>(() => OneShotAccuracy.Right(distances, ways: 5));
        Assert.Throws<ArgumentException>(() => OneShotAccuracy.Right([float.NaN, 1], ways: 2));
    }

    [Fact]
    public void The_query_is_paired_with_each_support_image()
    {
        var pairs = OneShotAccuracy.Pairs([new(9, [1, 2]), new(8, [3, 4])]);

        Assert.Equal([(9, 1), (9, 2), (8, 3), (8, 4)], pairs.Select(pair => (pair.First, pair.Second)));
        Assert.Equal([Contracts.Pairs.Relation.Same, Contracts.Pairs.Relation.Different], pairs.Take(2).Select(pair => pair.Relation));
    }

    [Fact]
    public void The_interval_treats_the_trials_of_a_unit_as_right_or_wrong_together()
    {
        // Twenty units of 20 trials, half of them all right and half all wrong: the spread of 20 coin tosses.
        var units = Enumerable.Range(0, 400).Select(trial => trial / 20).ToArray();
        var right = Array.ConvertAll(units, unit => unit % 2 == 0 ? 1.0 : 0);

        var together = OneShotAccuracy.Estimated(right, units, draws: 4000);
        var apart = OneShotAccuracy.Estimated(right, [.. Enumerable.Range(0, 400)], draws: 4000);

        Assert.Equal(0.5, together.Value);
        Assert.Equal(2 * 1.96 * Math.Sqrt(0.25 / 20), together.High - together.Low, 0.06);
        Assert.Equal(2 * 1.96 * Math.Sqrt(0.25 / 400), apart.High - apart.Low, 0.015);
    }

    private static OneShotImages Images(int groups, int classes)
    {
        var all = from c in Enumerable.Range(0, groups * classes) from drawer in Enumerable.Range(0, Drawers) select (Class: c, Drawer: drawer);
        return new([.. all.Select(image => image.Class)], [.. Enumerable.Range(0, groups * classes).Select(c => c / classes)], [.. all.Select(image => image.Drawer)]);
    }
}
