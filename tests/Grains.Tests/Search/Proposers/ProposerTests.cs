using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;

namespace Siamese.Grains.Tests.Search.Proposers;

/// <summary>What every search that draws points must do, and the purpose of each search.</summary>
public sealed class ProposerTests
{
    /// <summary>Two ranges and a choice; every place of it can be trained.</summary>
    private static readonly UnitSpace _unit = new(new SearchSpace
    {
        Dimensions =
        [
            new Dimension { Hyperparameter = "epochs", Range = new(1, 10_000, IsLog: false) },
            new Dimension { Hyperparameter = "distance", Values = ["euclidean", "squared-euclidean", "manhattan"] },
            new Dimension { Hyperparameter = "learning-rate", Range = new(1e-4, 1e-2, IsLog: true) },
        ],
    });

    /// <summary>The test of what each search is for. A new search needs one.</summary>
    private static readonly Dictionary<SearchKind, string> _purposes = new()
    {
        [SearchKind.Grid] = nameof(GridSearchTests),
        [SearchKind.Random] = nameof(Random_points_are_independent_and_fill_the_cube),
        [SearchKind.Sobol] = nameof(A_sobol_sequence_covers_all_intervals_evenly),
        [SearchKind.Tpe] = nameof(Tpe_moves_to_good_regions),
    };

    public static TheoryData<SearchKind> Drawing => [.. SearchMethod.All.Where(method => method.Proposer is not null).Select(method => method.Kind)];

    [Fact]
    public void Every_search_is_registered_once_and_has_a_test_of_its_purpose()
    {
        Assert.Equal(Enum.GetValues<SearchKind>(), SearchMethod.All.Select(method => method.Kind).Order());
        foreach (var method in SearchMethod.All)
            Assert.True(_purposes.ContainsKey(method.Kind), $"The search {method.Kind} is registered, but no test shows what it is for: write one, and add its name to {nameof(_purposes)}.");
    }

    [Theory, MemberData(nameof(Drawing))]
    public void Proposals_lie_in_the_cube_and_differ(SearchKind kind)
    {
        var proposals = Run(Create(kind, 1), 60);
        Assert.All(proposals, place => Assert.All(place, x => Assert.InRange(x, 0, 0.9999999999)));
        Assert.Equal(60, proposals.Select(place => string.Join(' ', place)).Distinct().Count());
    }

    [Theory, MemberData(nameof(Drawing))]
    public void The_same_seed_and_past_give_the_same_proposals_and_another_seed_gives_others(SearchKind kind)
    {
        Assert.Equal(Run(Create(kind, 1), 30), Run(Create(kind, 1), 30));
        Assert.NotEqual(Run(Create(kind, 1), 30), Run(Create(kind, 2), 30));
    }

    [Theory, MemberData(nameof(Drawing))]
    public void A_search_that_is_not_adaptive_ignores_earlier_results(SearchKind kind)
    {
        var (rising, falling) = (Run(Create(kind, 1), 40), Run(Create(kind, 1), 40, place => -place.Sum()));
        if (SearchMethod.Of(kind).IsAdaptive)
            Assert.NotEqual(rising, falling);
        else
            Assert.Equal(rising, falling);
    }

    [Fact]
    public void Random_points_are_independent_and_fill_the_cube()
    {
        var proposals = Run(new RandomProposer(2, seed: 5), 400);
        Assert.All(Enumerable.Range(0, 2), i => Assert.InRange(proposals.Average(place => place[i]), 0.45, 0.55));
        Assert.All(proposals.GroupBy(place => ((int)(place[0] * 4), (int)(place[1] * 4))), cell => Assert.InRange(cell.Count(), 10, 45));
        Assert.InRange(proposals.Average(place => (place[0] - 0.5) * (place[1] - 0.5)), -0.01, 0.01);
    }

    /// <summary>The figures come from another implementation with Joe and Kuo's direction numbers.</summary>
    [Fact]
    public void A_sobol_sequence_has_the_published_values_in_all_dimensions()
    {
        var proposer = new SobolProposer(SobolProposer.MostDimensions, seed: null);
        Assert.Equal([0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.140625, 0.578125, 0.140625, 0.828125, 0.578125, 0.421875, 0.671875, 0.546875, 0.765625, 0.328125, 0.765625, 0.078125, 0.390625, 0.953125, 0.234375, 0.234375, 0.546875, 0.390625, 0.546875, 0.953125, 0.640625, 0.203125, 0.296875, 0.296875, 0.453125, 0.015625, 0.921875, 0.828125, 0.515625, 0.953125, 0.953125, 0.859375], proposer.Propose(63, []));
        Assert.Equal([0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375, 0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375, 0.5498046875, 0.9501953125, 0.5400390625, 0.5830078125, 0.9072265625, 0.0400390625, 0.9794921875, 0.0595703125, 0.3408203125, 0.1474609375, 0.1455078125, 0.2958984375, 0.5927734375, 0.8017578125, 0.7705078125, 0.8486328125], proposer.Propose(1000, []));
    }

    [Fact]
    public void A_sobol_sequence_covers_all_intervals_evenly()
    {
        var proposals = Run(new SobolProposer(SobolProposer.MostDimensions, seed: 7), 64);
        for (var i = 0; i < SobolProposer.MostDimensions; i++)
            Assert.All(proposals.GroupBy(place => (int)(place[i] * 16)), stretch => Assert.Equal(4, stretch.Count()));
    }

    [Fact]
    public void Tpe_moves_to_good_regions()
    {
        var proposer = new TpeProposer([0, 4, 0], seed: 3, place => place);
        var proposals = Run(proposer, 80, place => Math.Pow(place[0] - 0.3, 2) + ((int)(place[1] * 4) == 2 ? 0 : 0.5) + Math.Pow(place[2] - 0.8, 2));

        var late = proposals[50..];
        Assert.True(late.Count(place => (int)(place[1] * 4) == 2) > 20);
        Assert.True(late.Average(place => Math.Abs(place[0] - 0.3)) < 0.15);
        Assert.True(late.Average(place => Math.Abs(place[2] - 0.8)) < 0.15);
    }

    [Fact]
    public void Tpe_keeps_away_from_running_points()
    {
        var proposer = new TpeProposer([0], seed: 1, place => place);
        var known = Enumerable.Range(0, 20).Select(i => new Observation([i / 20.0], Math.Abs((i / 20.0) - 0.5))).ToList();
        Observation[] running = [.. Enumerable.Range(0, 8).Select(i => new Observation([0.47 + (0.01 * i)], Value: null))];

        double Near(IReadOnlyList<Observation> seen) => Enumerable.Range(100, 50).Count(number => Math.Abs(proposer.Propose(number, seen)[0] - 0.5) < 0.05);

        Assert.True(Near([.. known, .. running]) < 0.7 * Near(known));
    }

    private static IProposer Create(SearchKind kind, int seed) => SearchMethod.Of(kind).Proposer!(_unit, seed);

    private static double[][] Run(IProposer proposer, int count, Func<double[], double>? value = null)
    {
        var seen = new List<Observation>();
        for (var number = 0; number < count; number++)
        {
            var place = proposer.Propose(number, seen);
            seen.Add(new Observation(place, value?.Invoke(place) ?? place.Sum()));
        }

        return [.. seen.Select(observation => observation.Place)];
    }
}
