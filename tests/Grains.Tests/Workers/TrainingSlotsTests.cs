using Siamese.Grains.Workers;

namespace Siamese.Grains.Tests.Workers;

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
    public async Task No_slot_is_taken_while_too_many_results_are_in_transit()
    {
        using var slots = new TrainingSlots(1);
        for (var i = 0; i <= TrainingSlots.MaximumUndelivered; i++)
        {
            await slots.Take(CancellationToken.None);
            slots.Release();
        }

        var next = slots.Take(CancellationToken.None);
        Assert.False(next.IsCompleted);
        slots.Deliver();
        await next;
    }

    [Fact]
    public async Task A_cancelled_wait_for_a_slot_takes_no_slot()
    {
        using var slots = new TrainingSlots(1);
        await slots.Take(CancellationToken.None);
        for (var i = 0; i <= TrainingSlots.MaximumUndelivered; i++)
        {
            using var patience = new CancellationTokenSource();
            var waiting = slots.Take(patience.Token);
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        slots.Release();
        await slots.Take(CancellationToken.None);
    }
}
