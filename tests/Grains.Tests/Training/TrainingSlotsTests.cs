using Siamese.Grains.Training;

namespace Siamese.Grains.Tests.Training;

public sealed class TrainingSlotsTests
{
    [Fact]
    public async Task A_slot_is_free_again_when_it_is_released()
    {
        using var slots = new TrainingSlots(2);
        await slots.Take(CancellationToken.None);
        await slots.Take(CancellationToken.None);
        var third = slots.Take(CancellationToken.None);
        Assert.False(third.IsCompleted);

        slots.Release();
        await third;
    }

    [Fact]
    public void A_slot_on_offer_is_taken_over_once_and_only_by_whom_it_is_for()
    {
        using var slots = new TrainingSlots(1);
        slots.Offer("trial/1");

        Assert.False(slots.TakeOver("trial/2"));
        Assert.True(slots.TakeOver("trial/1"));
        Assert.False(slots.TakeOver("trial/1"));
    }
}
