using Siamese.Contracts.Galleries;
using Siamese.Grains.Galleries;

namespace Siamese.Grains.Tests.Galleries;

public sealed class LotPlanTests
{
    [Fact]
    public void Single_images_fill_one_lot_and_then_the_next()
    {
        Assert.Equal([(1, 1)], Plan([Page(LotPlan.MostReferences), Page(LotPlan.MostReferences - 1)], Images(1)));
        Assert.Equal([(2, 1)], Plan([Page(LotPlan.MostReferences), Page(LotPlan.MostReferences)], Images(1)));
    }

    [Fact]
    public void Many_images_at_once_do_not_rewrite_a_lot_that_can_take_only_some_of_them() =>
        Assert.Equal([(1, LotPlan.MostReferences), (2, 3)], Plan([Page(LotPlan.MostReferences - 2)], Images(LotPlan.MostReferences + 3)));

    [Fact]
    public void An_emptied_lot_is_filled_again() =>
        Assert.Equal([(1, LotPlan.MostReferences), (2, 1)], Plan([Page(LotPlan.MostReferences), Page(0)], Images(LotPlan.MostReferences + 1)));

    [Fact]
    public void Large_images_make_smaller_lots_and_the_largest_get_their_own_lot()
    {
        var third = (int)(LotPlan.MostBytes / 3);

        Assert.Equal([(0, 3), (1, 2)], Plan([], Images(5, third)));
        Assert.Equal([(1, 1), (2, 1)], Plan([Page(1, LotPlan.MostBytes)], Images(2, (int)LotPlan.MostBytes + 1)));
    }

    [Fact]
    public void No_images_need_no_lot() => Assert.Empty(Plan([Page(1)], []));

    private static (int Number, int Images)[] Plan(LotPage[] pages, IEnumerable<NamedImage> images) =>
        [.. LotPlan.Of(pages, images).Select(plan => (plan.Number, plan.Images.Count))];

    private static IEnumerable<NamedImage> Images(int count, int bytes = 1) =>
        Enumerable.Repeat(new NamedImage("anna", new("anna.png", [.. new byte[bytes]])), count);

    private static LotPage Page(int references, long bytes = 0) => new()
    {
        Blob = references == 0 ? null : "blob",
        Bytes = bytes,
        References = [.. Enumerable.Repeat(new EnrolledReference("berta", "image"), references)],
    };
}
