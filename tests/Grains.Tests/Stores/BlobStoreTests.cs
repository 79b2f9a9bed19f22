using System.Security.Cryptography;
using Siamese.Grains.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What every blob store must do.</summary>
public abstract class BlobStoreTests
{
    private IBlobStore? _store;

    private IBlobStore Store => _store ??= Open();

    /// <summary>A separate object for the same blobs, like that of another silo.</summary>
    private protected abstract IBlobStore Open();

    /// <summary>Replaces the stored bytes, or one part of them if they are stored in parts.</summary>
    private protected abstract void Damage(byte[] by);

    /// <summary>Number of all stored items, including those still being written.</summary>
    private protected abstract int Count();

    [SuiteFact]
    public async Task A_stored_blob_is_read_back()
    {
        foreach (var length in (int[])[0, 1, 1 << 20, (1 << 20) + 1, 3_000_000])
        {
            var bytes = Some.Bytes(length);

            var name = await Store.Put(bytes, CancellationToken.None);

            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), name);
            Assert.Equal(bytes, await Store.Get(name, CancellationToken.None));
        }
    }

    [SuiteFact]
    public async Task A_blob_of_200_megabytes_is_read_back()
    {
        var bytes = Some.Bytes(200 * 1024 * 1024);

        var name = await Store.Put(bytes, CancellationToken.None);

        var found = await Open().Get(name, CancellationToken.None);
        Assert.True(bytes.AsSpan().SequenceEqual(found));
        Assert.Equal(bytes.Length, await Store.Delete(name, CancellationToken.None));
    }

    [SuiteFact]
    public async Task Another_silo_sees_the_blob()
    {
        var name = await Store.Put(Some.Bytes(10), CancellationToken.None);

        Assert.Equal(Some.Bytes(10), await Open().Get(name, CancellationToken.None));
    }

    [SuiteFact]
    public async Task A_missing_blob_is_named()
    {
        var name = new string('a', 64);
        var first = await Assert.ThrowsAsync<BlobException>(() => Store.Get(name, CancellationToken.None));
        await Store.Put(Some.Bytes(1), CancellationToken.None);
        var missing = await Assert.ThrowsAsync<BlobException>(() => Store.Get(name, CancellationToken.None));

        Assert.Contains(name, first.Message, StringComparison.Ordinal);
        Assert.Contains(name, missing.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task A_damaged_blob_is_named()
    {
        var name = await Store.Put(Some.Bytes(100), CancellationToken.None);
        Damage(Some.Bytes(99));

        var broken = await Assert.ThrowsAsync<BlobException>(() => Store.Get(name, CancellationToken.None));

        Assert.Contains(name, broken.Message, StringComparison.Ordinal);
        Assert.Contains("broken", broken.Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public async Task Storing_the_bytes_again_repairs_a_damaged_blob()
    {
        var name = await Store.Put(Some.Bytes(100), CancellationToken.None);
        Damage(new byte[100]);

        await Store.Put(Some.Bytes(100), CancellationToken.None);

        Assert.Equal(Some.Bytes(100), await Store.Get(name, CancellationToken.None));
    }

    [SuiteFact]
    public async Task Many_writers_can_store_the_same_bytes_at_once()
    {
        var start = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 8).Select(async _ =>
        {
            await start.Task;
            await Task.Yield();
            return await Store.Put(Some.Bytes(500_000), CancellationToken.None);
        }).ToArray();
        start.SetResult();
        var names = await Task.WhenAll(writers);

        Assert.Single(names.Distinct());
        Assert.Equal(Some.Bytes(500_000), await Store.Get(names[0], CancellationToken.None));
        Assert.Equal(1, Count());
    }

    [SuiteFact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Put(Some.Bytes(1_000_000), new CancellationToken(canceled: true)));

        Assert.Equal(0, Count());
    }

    [SuiteFact]
    public async Task Deleting_reports_the_freed_bytes_and_a_second_time_none()
    {
        var name = await Store.Put(Some.Bytes(1234), CancellationToken.None);

        Assert.Equal(1234, await Store.Delete(name, CancellationToken.None));
        Assert.Equal(0, await Store.Delete(name, CancellationToken.None));
        await Assert.ThrowsAsync<BlobException>(() => Store.Get(name, CancellationToken.None));
    }

    [SuiteFact]
    public async Task Missing_blobs_are_listed_in_order()
    {
        var there = await Store.Put(Some.Bytes(10), CancellationToken.None);
        var empty = await Store.Put([], CancellationToken.None);
        var (a, b) = (new string('a', 64), new string('b', 64));

        Assert.Equal((string[])[b, a], await Store.Missing([b, there, a, empty], CancellationToken.None));
        Assert.Empty(await Store.Missing([], CancellationToken.None));
    }

    [SuiteFact]
    public async Task A_blob_without_its_bytes_is_missing()
    {
        var name = await Store.Put(Some.Bytes(10), CancellationToken.None);
        Damage([]);

        Assert.Equal((string[])[name], await Store.Missing([name], CancellationToken.None));
    }

    [SuiteFact]
    public async Task Only_hashes_are_valid_names()
    {
        foreach (var name in (string[])["../../../../etc/passwd", "", new string('A', 64)])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Get(name, CancellationToken.None));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.Missing([name], CancellationToken.None));
        }
    }
}
