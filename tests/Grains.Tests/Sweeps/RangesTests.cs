using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Sweeps;

namespace Siamese.Grains.Tests.Sweeps;

public sealed class RangesTests
{
    [Fact]
    public void An_ordinary_request_is_accepted() => Ranges.Check(Some.Request(0, 1, int.MaxValue) with { Shards = 4, Slots = 1 });

    [Fact]
    public void Shards_seeds_and_slots_out_of_range_are_refused()
    {
        Refused(Some.Request() with { Shards = 0 }, "0 is not a valid value for shards; it must be at least 1.");
        Refused(Some.Request() with { Slots = 0 }, "slots");
        Refused(Some.Request(-1), "seeds");
        Refused(Some.Request(1, 1), "1 is listed twice for seeds");
    }

    [Fact]
    public void A_sweep_without_a_seed_is_refused()
    {
        Refused(Some.Request() with { Seeds = [] }, "at least one seed");
        Refused(Some.Request() with { Seeds = default }, "at least one seed");
    }

    private static void Refused(SweepRequest request, string because) =>
        Assert.Contains(because, Assert.Throws<BadInputException>(() => Ranges.Check(request)).Message, StringComparison.Ordinal);
}
