using Siamese.Grains.Search;

namespace Siamese.Grains.Tests.Search;

/// <summary>What every sampler must do, and the purpose of each.</summary>
public sealed class SamplerTests
{
    private const int Dimensions = 3;

    private static readonly Dictionary<string, Func<int, ISampler>> _samplers = new()
    {
        ["random"] = seed => new RandomSampler(Dimensions, seed),
        ["sobol"] = seed => new SobolSampler(Dimensions, seed),
        ["tpe"] = seed => new TpeSampler([0, 4, 0], seed, place => place),
    };

    public static TheoryData<string> Names => [.. _samplers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Proposals_lie_in_the_cube_and_differ(string name)
    {
        var proposals = Run(_samplers[name](1), 60);
        Assert.All(proposals, place => Assert.All(place, x => Assert.InRange(x, 0, 0.9999999999)));
        Assert.Equal(60, proposals.Select(place => string.Join(' ', place)).Distinct().Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_and_past_give_the_same_proposals_and_another_seed_gives_others(string name)
    {
        Assert.Equal(Run(_samplers[name](1), 30), Run(_samplers[name](1), 30));
        Assert.NotEqual(Run(_samplers[name](1), 30), Run(_samplers[name](2), 30));
    }

    /// <summary>The figures come from another implementation with Joe and Kuo's direction numbers.</summary>
    [Fact]
    public void A_sobol_sequence_has_the_published_values_in_all_dimensions()
    {
        var sampler = new SobolSampler(SobolSampler.MostDimensions, seed: null);
        Assert.Equal([0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.140625, 0.578125, 0.140625, 0.828125, 0.578125, 0.421875, 0.671875, 0.546875, 0.765625, 0.328125, 0.765625, 0.078125, 0.390625, 0.953125, 0.234375, 0.234375, 0.546875, 0.390625, 0.546875, 0.953125, 0.640625, 0.203125, 0.296875, 0.296875, 0.453125, 0.015625, 0.921875, 0.828125, 0.515625, 0.953125, 0.953125, 0.859375], sampler.Propose(63, []));
        Assert.Equal([0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375, 0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375, 0.5498046875, 0.9501953125, 0.5400390625, 0.5830078125, 0.9072265625, 0.0400390625, 0.9794921875, 0.0595703125, 0.3408203125, 0.1474609375, 0.1455078125, 0.2958984375, 0.5927734375, 0.8017578125, 0.7705078125, 0.8486328125], sampler.Propose(1000, []));
    }

    [Fact]
    public void A_sobol_sequence_covers_all_intervals_evenly()
    {
        var proposals = Run(new SobolSampler(SobolSampler.MostDimensions, seed: 7), 64);
        for (var i = 0; i < SobolSampler.MostDimensions; i++)
            Assert.All(proposals.GroupBy(place => (int)(place[i] * 16)), stretch => Assert.Equal(4, stretch.Count()));
    }

    [Fact]
    public void Tpe_moves_to_good_regions()
    {
        var sampler = new TpeSampler([0, 4, 0], seed: 3, place => place);
        var proposals = Run(sampler, 80, place => Math.Pow(place[0] - 0.3, 2) + ((int)(place[1] * 4) == 2 ? 0 : 0.5) + Math.Pow(place[2] - 0.8, 2));

        var late = proposals[50..];
        Assert.True(late.Count(place => (int)(place[1] * 4) == 2) > 20);
        Assert.True(late.Average(place => Math.Abs(place[0] - 0.3)) < 0.15);
        Assert.True(late.Average(place => Math.Abs(place[2] - 0.8)) < 0.15);
    }

    [Fact]
    public void Tpe_keeps_away_from_running_points()
    {
        var sampler = new TpeSampler([0], seed: 1, place => place);
        var known = Enumerable.Range(0, 20).Select(i => new Observation([i / 20.0], Math.Abs((i / 20.0) - 0.5))).ToList();
        Observation[] running = [.. Enumerable.Range(0, 8).Select(i => new Observation([0.47 + (0.01 * i)], Value: null))];

        double Near(IReadOnlyList<Observation> seen) => Enumerable.Range(100, 50).Count(number => Math.Abs(sampler.Propose(number, seen)[0] - 0.5) < 0.05);

        Assert.True(Near([.. known, .. running]) < 0.7 * Near(known));
    }

    private static double[][] Run(ISampler sampler, int count, Func<double[], double>? value = null)
    {
        var seen = new List<Observation>();
        for (var number = 0; number < count; number++)
        {
            var place = sampler.Propose(number, seen);
            seen.Add(new Observation(place, value?.Invoke(place) ?? place.Sum()));
        }

        return [.. seen.Select(observation => observation.Place)];
    }
}
