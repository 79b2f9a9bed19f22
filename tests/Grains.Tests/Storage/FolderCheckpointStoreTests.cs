using Siamese.Contracts.Training;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Storage;

public sealed class FolderCheckpointStoreTests : IDisposable
{
    private static readonly string _trial = Some.Spec(1).Id;
    private static readonly string _other = Some.Spec(2).Id;

    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-checkpoints-").FullName;
    private readonly FolderCheckpointStore _store;

    public FolderCheckpointStoreTests() => _store = new FolderCheckpointStore(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(3_000_000)]
    public async Task What_is_put_comes_back(int length)
    {
        var checkpoint = await Put(_trial, 1, 2, 3, length);

        Assert.Equal(Some.Bytes(length), await _store.Get(_trial, checkpoint, CancellationToken.None));
        Assert.Equal(Path.Combine(_folder, _trial[..2], _trial, "1", "2-3"), Assert.Single(Files()));
    }

    [Fact]
    public async Task Another_lease_at_the_same_place_writes_beside_it()
    {
        var (zombies, successors) = (await Put(_trial, 1, 2, 3, 10), await Put(_trial, 2, 2, 3, 20));

        Assert.Equal(Some.Bytes(10), await _store.Get(_trial, zombies, CancellationToken.None));
        Assert.Equal(Some.Bytes(20), await _store.Get(_trial, successors, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_is_there_is_replaced()
    {
        var first = await Put(_trial, 1, 2, 3, 10);
        var second = await Put(_trial, 1, 2, 3, 20);

        Assert.Equal(Some.Bytes(20), await _store.Get(_trial, second, CancellationToken.None));
        await Assert.ThrowsAsync<BlobException>(() => _store.Get(_trial, first, CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_one_is_named()
    {
        var missing = await Assert.ThrowsAsync<BlobException>(() => _store.Get(_trial, At(7, 8, 9, 0), CancellationToken.None));

        Assert.Contains(Path.Combine(_trial, "7", "8-9"), missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_one_is_named()
    {
        var checkpoint = await Put(_trial, 7, 8, 9, 100);
        await File.WriteAllBytesAsync(Files().Single(), Some.Bytes(99));

        var broken = await Assert.ThrowsAsync<BlobException>(() => _store.Get(_trial, checkpoint, CancellationToken.None));

        Assert.Contains(Path.Combine(_trial, "7", "8-9"), broken.Message, StringComparison.Ordinal);
        Assert.Contains("broken", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _store.Put(_trial, At(1, 1, 0, 100), Some.Bytes(100), new CancellationToken(canceled: true)));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task Deleting_up_to_a_fence_leaves_later_ones_and_the_one_that_counts()
    {
        await Put(_trial, 1, 1, 0, 1000);
        await Put(_trial, 2, 1, 0, 200);
        var counts = await Put(_trial, 2, 2, 0, 30);
        var later = await Put(_trial, 3, 2, 5, 4);
        var another = await Put(_other, 1, 1, 0, 5);

        Assert.Equal(1200, await _store.Delete(_trial, upToFence: 2, counts, CancellationToken.None));
        Assert.Equal(0, await _store.Delete(_trial, upToFence: 2, counts, CancellationToken.None));

        Assert.Equal(Some.Bytes(30), await _store.Get(_trial, counts, CancellationToken.None));
        Assert.Equal(Some.Bytes(4), await _store.Get(_trial, later, CancellationToken.None));
        Assert.Equal(Some.Bytes(5), await _store.Get(_other, another, CancellationToken.None));
    }

    [Fact]
    public async Task Deleting_all_of_a_trials_leaves_no_folder_of_it()
    {
        await Put(_trial, 1, 1, 0, 10);
        await Put(_trial, 9, 1, 0, 10);
        await File.WriteAllBytesAsync(Path.Combine(_folder, _trial[..2], _trial, "1", "2-0.killed.partial"), Some.Bytes(5));

        Assert.Equal(25, await _store.Delete(_trial, long.MaxValue, except: null, CancellationToken.None));

        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder, _trial[..2])));
    }

    [Theory]
    [InlineData("../../../../etc")]
    [InlineData("")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFAB")]
    public async Task Only_ids_are_trials(string trial) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Get(trial, At(1, 1, 0, 1), CancellationToken.None));

    private async Task<Checkpoint> Put(string trial, long fence, int epoch, int batch, int length)
    {
        var checkpoint = At(fence, epoch, batch, length);
        await _store.Put(trial, checkpoint, Some.Bytes(length), CancellationToken.None);
        return checkpoint;
    }

    private static Checkpoint At(long fence, int epoch, int batch, int length) =>
        new(fence, epoch, batch, ContentName.Of(Some.Bytes(length)), Seconds: 1);

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
}
