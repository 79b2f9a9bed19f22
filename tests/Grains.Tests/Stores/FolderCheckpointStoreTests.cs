using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Stores;

public sealed class FolderCheckpointStoreTests : CheckpointStoreTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-checkpoints-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_name_has_trial_fence_place_and_hash()
    {
        var checkpoint = await Put(_trial, 7, 8, 9, 10);

        Assert.Equal(Path.Combine(_folder, _trial[..2], _trial, "7", $"8-9.{checkpoint.Hash}"), Assert.Single(Files()));
    }

    [Fact]
    public async Task Leftovers_of_a_killed_writer_are_removed_with_the_trial()
    {
        await Put(_trial, 1, 1, 0, 10);
        await File.WriteAllBytesAsync(Path.Combine(_folder, _trial[..2], _trial, "1", "2-0.killed.partial"), Some.Bytes(5));

        Assert.Equal(15, await Store.Delete(_trial, upToFence: 1, except: null, CancellationToken.None));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder, _trial[..2])));
    }

    private protected override ICheckpointStore Open() => new FolderCheckpointStore(_folder);

    private protected override void Damage(byte[] by) => File.WriteAllBytes(Files().Single(), by);

    private protected override int Count() => Files().Length;

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
}
