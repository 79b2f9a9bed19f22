using Microsoft.Data.Sqlite;
using Siamese.Contracts;
using Siamese.Grains.Storage;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Sqlite;
using Siamese.Testing.Disks;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What the SQLite store and its folders do when their disk is full.</summary>
public sealed class FullDiskTests
{
    private const int Megabyte = 1024 * 1024;

    [SmallDiskFact]
    public async Task Without_space_a_blob_is_refused_with_its_path_and_leaves_nothing()
    {
        using var disk = new SmallDisk(megabytes: 4);
        var store = new FolderBlobStore(disk.Folder);
        var name = await store.Put(Some.Bytes(3 * Megabyte), CancellationToken.None);

        var full = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Put(Some.Bytes(2 * Megabyte), CancellationToken.None));

        Assert.Contains(disk.Folder, full.Message, StringComparison.Ordinal);
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(disk.Folder, "*", SearchOption.AllDirectories));
        Assert.Equal(3 * Megabyte, (await store.Get(name, CancellationToken.None)).Length);
        await store.Delete(name, CancellationToken.None);
        Assert.Equal(2 * Megabyte, (await store.Get(await store.Put(Some.Bytes(2 * Megabyte), CancellationToken.None), CancellationToken.None)).Length);
    }

    [SmallDiskFact]
    public async Task Without_space_for_a_checkpoint_the_previous_one_is_kept()
    {
        using var disk = new SmallDisk(megabytes: 4);
        var store = new FolderCheckpointStore(disk.Folder);
        var trial = Some.Spec().Id;
        Checkpoint At(int epoch, int length) => new(1, epoch, 0, ContentName.Of(Some.Bytes(length)), 1);
        await store.Put(trial, At(1, 3 * Megabyte), Some.Bytes(3 * Megabyte), CancellationToken.None);

        var full = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.Put(trial, At(2, 2 * Megabyte), Some.Bytes(2 * Megabyte), CancellationToken.None));

        Assert.Contains($"{trial}/1/2-0", full.Message, StringComparison.Ordinal);
        Assert.Equal(3 * Megabyte, (await store.Get(trial, At(1, 3 * Megabyte), CancellationToken.None)).Length);
    }

    [SmallDiskFact]
    public async Task Without_space_states_are_refused_and_the_file_stays_intact_and_works_again_with_space()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var path = Path.Combine(disk.Folder, "siamese.db");
        using var store = new SqliteStore(path);
        store.Migrate();
        using var table = store.OpenStates();
        StateRow Row(int i, byte payload, long? version = null) => new($"trial/{i}", "trial", [.. Enumerable.Repeat(payload, 10_000)], version);
        table.Commit([Row(0, 1)], CancellationToken.None);
        disk.Fill();

        // The log still takes writes that fit into it.
        var written = 1;
        var full = await Record.ExceptionAsync(() => Task.Run(() =>
        {
            while (true)
            {
                table.Commit([Row(written, 1)], CancellationToken.None);
                written++;
            }
        }));

        Assert.IsType<StoreUnavailableException>(full);
        Assert.Contains(path, full.Message, StringComparison.Ordinal);
        Assert.Null(await table.Read($"trial/{written}", "trial"));
        Assert.Throws<StoreUnavailableException>(() => table.Commit([Row(0, 2, version: 1)], CancellationToken.None));
        Assert.Equal(1, (await table.Read("trial/0", "trial"))!.Value.Payload![0]);

        disk.Free();
        StateRow[] later = [Row(0, 2, version: 1), Row(written, 1)];
        table.Commit(later, CancellationToken.None);
        Assert.All(later, row => Assert.True(row.IsWritten));
        Assert.Equal(2, (await table.Read("trial/0", "trial"))!.Value.Payload![0]);
        Assert.Empty(store.Count().Faults);
        Assert.Equal(written + 1, store.Count().Trials);
        SqliteConnection.ClearAllPools();
    }

    [SmallDiskFact]
    public void Without_any_space_a_store_is_refused_with_its_path()
    {
        using var disk = new SmallDisk(megabytes: 1);
        disk.Fill();
        using var store = new SqliteStore(Path.Combine(disk.Folder, "siamese.db"));

        var refused = Assert.Throws<BadInputException>(store.Migrate);

        Assert.Contains("siamese.db", refused.Message, StringComparison.Ordinal);
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();
    }
}
