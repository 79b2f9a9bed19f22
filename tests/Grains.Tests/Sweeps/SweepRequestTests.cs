using Siamese.Contracts;
using Siamese.Contracts.Sweeps;

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

    private static void Refused(SweepRequest request, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(request.Check).Message, StringComparison.Ordinal);
}
