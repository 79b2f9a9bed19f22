using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class SweepRequestTests
{
    [Fact]
    public void An_ordinary_request_is_accepted() => (Some.Request(0, 1, int.MaxValue) with { Shards = 4, Slots = 1 }).Check();

    [Fact]
    public void Shards_seeds_and_slots_out_of_range_are_refused()
    {
        Refused(Some.Request() with { Shards = 0 }, "'shards': 0 is not 1 or above.");
        Refused(Some.Request() with { Slots = 0 }, "'slots': 0 is not 1 or above.");
        Refused(Some.Request(-1), "'seeds': -1 is not 0 or above.");
        Refused(Some.Request(1, 1), "'seeds': 1 is listed twice.");
    }

    [Fact]
    public void A_sweep_without_a_seed_is_refused()
    {
        Refused(Some.Request() with { Seeds = [] }, "at least one seed");
        Refused(Some.Request() with { Seeds = default }, "at least one seed");
    }

    [Fact]
    public void More_trials_than_anyone_trains_are_refused_before_anything_is_expanded()
    {
        Refused(Some.Request() with { Points = 2_000_000_000 }, "The sweep would have 2,000,000,000 trials (points × shards × seeds), more than the maximum of 200,000");
        Refused(Some.Request() with { Points = 100_000, Shards = 3 }, "would have 300,000 trials");
        Refused(Some.Request() with { Shards = int.MaxValue, Points = int.MaxValue }, "more than the maximum");
        Refused(Some.Request([.. Enumerable.Range(0, 200_001)]), "would have 200,001 trials");
        (Some.Request() with { Points = 200_000 }).Check();

        var space = SearchSpace.Of(("margin", [.. Enumerable.Range(1, 189_999).Select(i => (HyperparameterValue)i)]));
        Refused(Some.Request() with { Space = space }, "'margin': 189,999 values are more than the maximum of 10,000.");
    }

    private static void Refused(SweepRequest request, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(request.Check).Message, StringComparison.Ordinal);
}
