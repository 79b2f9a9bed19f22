using Siamese.Grains.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What every checkpoint store must do.</summary>
public abstract class CheckpointStoreTests
{
    private protected static readonly string _trial = Some.Spec(1).Id;
    private static readonly string _other = Some.Spec(2).Id;

    private ICheckpointStore? _store;

    private protected ICheckpointStore Store => _store ??= Open();

    /// <summary>A separate object for the same checkpoints, like that of another silo.</summary>
    private protected abstract ICheckpointStore Open();

    /// <summary>Replaces the stored bytes.</summary>
    private protected abstract void Damage(byte[] by);

    /// <summary>Number of all stored items, including those still being written.</summary>
    private protected abstract int Count();

    [SuiteFact]
    public async Task A_stored_checkpoint_is_read_back()
    {
        foreach (var length in (int[])[0, 3_000_000])
        {
            var checkpoint = await Put(_trial, 1, 2, length, length);

            Assert.Equal(Some.Bytes(length), await Open().Get(_trial, checkpoint, CancellationToken.None));
        }
    }

    [SuiteFact]
    public async Task Checkpoints_of_different_leases_at_the_same_place_are_separate()
    {
        var (zombies, successors) = (await Put(_trial, 1, 2, 3, 10), await Put(_trial, 2, 2, 3, 20));

        Assert.Equal(Some.Bytes(10), await Store.Get(_trial, zombies, CancellationToken.None));
        Assert.Equal(Some.Bytes(20), await Store.Get(_trial, successors, CancellationToken.None));
    }

    [SuiteFact]
    public async Task An_existing_checkpoint_is_replaced()
    {
        var first = await Put(_trial, 1, 2, 3, 10);
        var second = await Put(_trial, 1, 2, 3, 20);

        Assert.Equal(Some.Bytes(20), await Store.Get(_trial, second, CancellationToken.None));
        await Assert.ThrowsAsync<BlobException>(() => Store.Get(_trial, first, CancellationToken.None));
        Assert.Equal(1, Count());
    }

    [SuiteFact]
    public async Task A_missing_checkpoint_is_named()
    {
        var missing = await Assert.ThrowsAsync<BlobException>(() => Store.Get(_trial, At(7, 8, 9, 0), CancellationToken.None));

        Assert.Contains($"{_trial}/7/8-9", missing.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_damaged_checkpoint_is_named()
    {
        var checkpoint = await Put(_trial, 7, 8, 9, 100);
        Damage(Some.Bytes(99));

        var broken = await Assert.ThrowsAsync<BlobException>(() => Store.Get(_trial, checkpoint, CancellationToken.None));

        Assert.Contains($"{_trial}/7/8-9", broken.Message, StringComparison.Ordinal);
        Assert.Contains("broken", broken.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Store.Put(_trial, At(1, 1, 0, 100), Some.Bytes(100), new CancellationToken(canceled: true)));

        Assert.Equal(0, Count());
    }

    [SuiteFact]
    public async Task Deleting_up_to_a_fence_keeps_later_checkpoints_and_the_current_one()
    {
        await Put(_trial, 1, 1, 0, 1000);
        await Put(_trial, 2, 1, 0, 200);
        var counts = await Put(_trial, 2, 2, 0, 30);
        var later = await Put(_trial, 3, 2, 5, 4);
        var another = await Put(_other, 1, 1, 0, 5);

        Assert.Equal(1200, await Store.Delete(_trial, upToFence: 2, counts, CancellationToken.None));
        Assert.Equal(0, await Store.Delete(_trial, upToFence: 2, counts, CancellationToken.None));

        Assert.Equal(Some.Bytes(30), await Store.Get(_trial, counts, CancellationToken.None));
        Assert.Equal(Some.Bytes(4), await Store.Get(_trial, later, CancellationToken.None));
        Assert.Equal(Some.Bytes(5), await Store.Get(_other, another, CancellationToken.None));
    }

    [SuiteFact]
    public async Task Deleting_all_checkpoints_of_a_trial_leaves_nothing_of_it()
    {
        await Put(_trial, 1, 1, 0, 10);
        await Put(_trial, 9, 1, 0, 20);

        Assert.Equal(30, await Store.Delete(_trial, long.MaxValue, except: null, CancellationToken.None));

        Assert.Equal(0, Count());
    }

    [SuiteFact]
    public async Task Many_writers_can_store_the_same_checkpoint_at_once()
    {
        var checkpoint = At(1, 1, 0, 500_000);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.Put(_trial, checkpoint, Some.Bytes(500_000), CancellationToken.None))));

        Assert.Equal(Some.Bytes(500_000), await Store.Get(_trial, checkpoint, CancellationToken.None));
        Assert.Equal(1, Count());
    }

    [SuiteFact]
    public async Task Only_trial_ids_are_valid_names()
    {
        foreach (var trial in (string[])["../../../../etc", "", new string('A', 32)])
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Get(trial, At(1, 1, 0, 1), CancellationToken.None));
    }

    private protected async Task<Checkpoint> Put(string trial, long fence, int epoch, int batch, int length)
    {
        var checkpoint = At(fence, epoch, batch, length);
        await Store.Put(trial, checkpoint, Some.Bytes(length), CancellationToken.None);
        return checkpoint;
    }

    private static Checkpoint At(long fence, int epoch, int batch, int length) =>
        new(fence, epoch, batch, ContentName.Of(Some.Bytes(length)), Seconds: 1);
}
