using Siamese.Grains.Search;

namespace Siamese.Grains.Tests.Search;

/// <summary>What every sampler must do, and what each is for.</summary>
public sealed class SamplerTests
{
    private const int Dimensions = 3;

    private static readonly Dictionary<string, Func<int, ISampler>> _samplers = new()
    {
        ["random"] = seed => new RandomSampler(Dimensions, seed),
        ["sobol"] = seed => new SobolSampler(Dimensions, seed),
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
    public void The_same_seed_and_past_give_the_same_proposals_and_another_seed_others(string name)
    {
        Assert.Equal(Run(_samplers[name](1), 30), Run(_samplers[name](1), 30));
        Assert.NotEqual(Run(_samplers[name](1), 30), Run(_samplers[name](2), 30));
    }

    /// <summary>The figures are those of another implementation of Joe and Kuo's direction numbers.</summary>
    [Fact]
    public void A_sobol_sequence_is_the_known_one_in_all_of_its_dimensions()
    {
        var sampler = new SobolSampler(SobolSampler.MostDimensions, seed: null);
        Assert.Equal([0.015625, 0.796875, 0.359375, 0.453125, 0.859375, 0.140625, 0.578125, 0.140625, 0.828125, 0.578125, 0.421875, 0.671875, 0.546875, 0.765625, 0.328125, 0.765625, 0.078125, 0.390625, 0.953125, 0.234375, 0.234375, 0.546875, 0.390625, 0.546875, 0.953125, 0.640625, 0.203125, 0.296875, 0.296875, 0.453125, 0.015625, 0.921875, 0.828125, 0.515625, 0.953125, 0.953125, 0.859375], sampler.Propose(63));
        Assert.Equal([0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625, 0.0458984375, 0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125, 0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625, 0.9912109375, 0.7255859375, 0.5224609375, 0.5498046875, 0.9501953125, 0.5400390625, 0.5830078125, 0.9072265625, 0.0400390625, 0.9794921875, 0.0595703125, 0.3408203125, 0.1474609375, 0.1455078125, 0.2958984375, 0.5927734375, 0.8017578125, 0.7705078125, 0.8486328125], sampler.Propose(1000));
    }

    [Fact]
    public void Each_stretch_of_a_sobol_sequence_holds_as_many_points_as_any_other()
    {
        var proposals = Run(new SobolSampler(SobolSampler.MostDimensions, seed: 7), 64);
        for (var i = 0; i < SobolSampler.MostDimensions; i++)
            Assert.All(proposals.GroupBy(place => (int)(place[i] * 16)), stretch => Assert.Equal(4, stretch.Count()));
    }

    private static double[][] Run(ISampler sampler, int count) => [.. Enumerable.Range(0, count).Select(sampler.Propose)];
}
