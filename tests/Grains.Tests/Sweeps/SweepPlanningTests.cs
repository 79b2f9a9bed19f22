using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Sweeps;
using Siamese.Model.Data.Splits;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class SweepPlanningTests
{
    private static readonly SweepRequest _request = Some.Request(1, 2) with { Space = SearchSpace.Of(("margin", [1, 2, 5])), Shards = 2 };

    private static readonly SearchSpace _drawn = new()
    {
        Dimensions = [new Dimension { Hyperparameter = "batch-size", Range = new(10, 100, IsLog: false) }],
    };

    [Fact]
    public void The_trials_combine_every_point_shard_and_seed()
    {
        var trials = Trials(_request with { Space = _request.Space.With(SearchSpace.Of(("batch-size", [64]))) });

        Assert.Equal(3 * 2 * 2, trials.Length);
        Assert.Equal(trials.Length, trials.Select(trial => trial.Id).Distinct().Count());
        Assert.All(trials, trial => Assert.Equal((2, "data", "code"), (trial.Shards, trial.DataFingerprint, trial.CodeVersion)));
        Assert.Equal([0, 0, 1, 1], trials.Take(4).Select(trial => trial.Shard));
        Assert.Equal([1, 2, 1, 2], trials.Take(4).Select(trial => trial.Seed));
    }

    [Fact]
    public void The_plan_counts_trials_images_and_work()
    {
        var data = Some.DataSet(200);
        var plan = Some.Plan(_request with { Space = _request.Space.With(SearchSpace.Of(("batch-size", [64]))) }, data);
        var half = Some.Plan(Some.Request(1) with { Space = SearchSpace.Of(("margin", [1, 2, 5]), ("batch-size", [64])), Shards = 2 }, data);

        Assert.Equal(12, plan.Trials);
        Assert.Equal(("some", "data", 2), (plan.DataName, plan.DataFingerprint, plan.Classes));
        Assert.Equal((400, 400, 400), (plan.TrainingImages, plan.ValidationImages, plan.TestImages));
        Assert.True(half.CoreSeconds > 0);
        Assert.Equal(2 * half.CoreSeconds, plan.CoreSeconds, 1e-9);
    }

    [Fact]
    public void Remarks_on_the_data_are_in_the_plan() =>
        Assert.Equal("read me", Assert.Single(Some.Plan(Some.Request(), Some.DataSet() with { Remarks = ["read me"] }).Remarks));

    [Fact]
    public void Batch_pairing_on_given_pairs_is_refused() => Refused(
        Some.Request() with { Space = SearchSpace.Of(("pairing", ["listed", "batch"])) }, Some.PairDataSet(), "add --pairing listed");

    [Fact]
    public void Triplets_on_given_pairs_are_refused() => Refused(
        Some.Request() with { Space = SearchSpace.Of(("pairing", ["listed"]), ("loss", ["triplet"])) }, Some.PairDataSet(), "use --losses contrastive");

    [Fact]
    public void Listed_pairs_on_given_pairs_are_allowed() =>
        Assert.Equal(1, Some.Plan(Some.Request() with { Space = SearchSpace.Of(("pairing", ["listed"])) }, Some.PairDataSet()).Trials);

    [Fact]
    public void A_batch_larger_than_a_shard_is_refused()
    {
        var request = Some.Request() with { Space = SearchSpace.Of(("batch-size", [120])), Shards = 2 };

        Refused(request, Some.DataSet(100), "A batch of 120 images is larger than a shard of 100 images");
        Assert.Equal(2, Some.Plan(request, Some.DataSet(120)).Trials);
    }

    [Fact]
    public void A_batch_too_small_for_two_images_of_two_classes_is_refused() =>
        Refused(Some.Request() with { Space = SearchSpace.Of(("batch-size", [3])) }, Some.DataSet(), "at least 4");

    [Fact]
    public void More_shards_than_the_classes_have_pairs_for_are_refused() =>
        Refused(Some.Request() with { Shards = 51, Space = SearchSpace.Of(("batch-size", [4])) }, Some.DataSet(100), "Use 'shards' 50 or fewer.");

    private static void Refused(SweepRequest request, DataSet data, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => Some.Plan(request, data)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_adaptive_search_plans_for_all_its_points_without_remarks_on_the_examples()
    {
        var request = Some.Request(1, 2) with { Space = _drawn, Search = SearchKind.Tpe, Points = 300 };

        var plan = Some.Plan(request, Some.DataSet(200));

        Assert.Equal(600, plan.Trials);
        Assert.True(plan.CoreSeconds > 0);
        Assert.Empty(plan.Remarks);
    }

    [Fact]
    public void An_adaptive_search_is_refused_only_if_none_of_its_points_can_be_trained()
    {
        var request = Some.Request() with { Space = _drawn, Search = SearchKind.Tpe, Points = 30 };

        Assert.Equal(30, Some.Plan(request, Some.DataSet(20)).Trials);
        var e = Assert.Throws<BadInputException>(() => Some.Plan(request, Some.DataSet(3)));
        Assert.Contains("is larger than a shard of 6 images", e.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<TrialSpec> Trials(SweepRequest request) => SweepPlanning.Trials(request, SpaceSearch.Expand(request).Points, "data", "code");
}
