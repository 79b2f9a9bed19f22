using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search.Proposers;

public sealed class SpaceSearchTests
{
    private static readonly Dimension _rates = new() { Hyperparameter = "learning-rate", Range = new(1e-4, 1e-2, IsLog: true) };
    private static readonly Dimension _margins = new() { Hyperparameter = "margin", Range = new(0.5, 5, IsLog: false), When = [When("loss", "contrastive", "triplet")] };
    private static readonly Dimension _losses = new() { Hyperparameter = "loss", Values = ["contrastive", "nt-xent"] };

    public static TheoryData<SearchKind> Drawn => [.. SearchMethod.All.Where(method => method is { Proposer: not null, IsAdaptive: false }).Select(method => method.Kind)];

    [Theory, MemberData(nameof(Drawn))]
    public void The_requested_number_of_points_is_drawn_within_the_ranges(SearchKind search)
    {
        var points = Expand(search, 40, _rates, _margins, _losses).Points;

        Assert.Equal(40, points.Distinct().Count());
        Assert.All(points, point => Assert.InRange(point.LearningRate, 1e-4, 1e-2));
        Assert.All(points.Where(point => point.Loss == "contrastive"), point => Assert.InRange(point.Margin!.Value, 0.5, 5));
        // Each factor of ten is equally likely.
        Assert.InRange(points.Count(point => point.LearningRate < 1e-3), 12, 28);
        Assert.InRange(points.Count(point => point.Loss == "nt-xent"), 12, 28);
    }

    [Theory, MemberData(nameof(Drawn))]
    public void The_same_seed_draws_the_same_points_and_another_seed_draws_others(SearchKind search)
    {
        var request = Request(search, 10, _rates);
        Assert.Equal(Rates(request), Rates(request));
        Assert.NotEqual(Rates(request), Rates(request with { SearchSeed = 2 }));

        static double[] Rates(SweepRequest request) => [.. SpaceSearch.Expand(request).Points.Select(point => point.LearningRate)];
    }

    [Fact]
    public void More_points_of_the_same_seed_start_with_the_same_points() => Assert.Equal(
        Expand(SearchKind.Random, 10, _rates, _losses).Points, Expand(SearchKind.Random, 30, _rates, _losses).Points.Take(10));

    [Fact]
    public void Whole_numbers_are_drawn_whole_and_equally_likely()
    {
        var sizes = Expand(SearchKind.Sobol, 300, new Dimension { Hyperparameter = "batch-size", Range = new(10, 14, IsLog: false) }, _rates).Points.CountBy(point => point.BatchSize).ToDictionary();
        Assert.Equal([10, 11, 12, 13, 14], sizes.Keys.Order());
        Assert.All(sizes.Values, count => Assert.InRange(count, 50, 70));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dimension_that_no_drawn_point_uses_is_refused_only_if_somebody_stated_it(bool isDefault)
    {
        var momentum = new Dimension { Hyperparameter = "momentum", Values = [0.5], IsDefault = isDefault };

        if (isDefault)
            Assert.All(Expand(SearchKind.Random, 3, _rates, momentum).Points, point => Assert.Null(point.Momentum));
        else
            Assert.Throws<BadInputException>(() => Expand(SearchKind.Random, 3, _rates, momentum));
    }

    [Fact]
    public void A_dimension_whose_condition_does_not_hold_has_its_default()
    {
        var dropped = _margins with { When = [When("loss", "triplet")] };
        var points = Expand(SearchKind.Random, 20, dropped, _rates, new Dimension { Hyperparameter = "loss", Values = ["contrastive", "triplet"] }).Points;
        Assert.All(points.Where(point => point.Loss == "contrastive"), point => Assert.Equal(2, point.Margin));
        Assert.All(points.Where(point => point.Loss == "triplet"), point => Assert.NotEqual(1, point.Margin));
    }

    [Fact]
    public void A_grid_varies_a_dimension_only_if_its_conditions_hold_and_counts_no_duplicates_for_it()
    {
        var expansion = Expand(SearchKind.Grid, null, _losses, new Dimension { Hyperparameter = "margin", Values = [1, 2, 5], When = [When("loss", "contrastive")] });
        Assert.Equal([1, 2, 5, null], expansion.Points.Select(point => point.Margin));
        Assert.Null(expansion.Remark);
    }

    [Fact]
    public void Invalid_and_known_points_are_drawn_again_and_counted()
    {
        var expansion = Expand(SearchKind.Random, 3, new Dimension { Hyperparameter = "distance", Values = ["euclidean", "cosine"] }, new Dimension { Hyperparameter = "margin", Values = [1, 3] });
        Assert.Equal(3, expansion.Points.Length);
        Assert.True(expansion.Invalid > 0);
        Assert.Contains("invalid (A margin of 3 cannot be reached: the cosine distance", expansion.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_space_with_fewer_points_than_requested_gives_all_its_points() =>
        Assert.Equal(2, Expand(SearchKind.Sobol, 100, _losses).Points.Length);

    [Theory]
    [InlineData(SearchKind.Grid, 5, "'trials': a grid trains every combination")]
    [InlineData(SearchKind.Random, null, "'search' random: say how many points to draw, for example 'trials' 20.")]
    [InlineData(SearchKind.Grid, null, "'learning-rate': a grid cannot list all numbers in log:0.0001..0.01; list values, or draw points with 'search' random, sobol or tpe.")]
    public void Options_that_do_not_go_together_are_refused(SearchKind search, int? points, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => Expand(search, points, _rates)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_dimension_that_no_point_uses_is_refused() => Assert.Contains(
        "'temperature' would have no effect, because it applies only to the loss nt-xent. Leave it out.",
        Assert.Throws<BadInputException>(() => Expand(SearchKind.Random, 5, _rates, new Dimension { Hyperparameter = "temperature", Values = [0.1] })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Names_in_conditions_are_checked_too() => Assert.Contains(
        "There is no loss 'triple'",
        Assert.Throws<BadInputException>(() => Expand(SearchKind.Random, 5, _margins with { When = [When("loss", "triple")] })).Message,
        StringComparison.Ordinal);

    private static Condition When(string hyperparameter, params ImmutableArray<HyperparameterValue> values) => new() { Hyperparameter = hyperparameter, Values = values };

    private static Expansion Expand(SearchKind search, int? points, params Dimension[] dimensions) => SpaceSearch.Expand(Request(search, points, dimensions));

    private static SweepRequest Request(SearchKind search, int? points, params Dimension[] dimensions) =>
        new() { Space = new() { Dimensions = [.. dimensions] }, Search = search, Points = points };
}
