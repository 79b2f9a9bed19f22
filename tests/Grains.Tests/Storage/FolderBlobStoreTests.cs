using System.Security.Cryptography;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Storage;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-blobs-").FullName;
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new FolderBlobStore(Path.Combine(_folder, "made", "when", "needed"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task What_is_put_comes_back(int length)
    {
        var bytes = Some.Bytes(length);

        var name = await _store.Put(bytes, CancellationToken.None);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), name);
        Assert.Equal(bytes, await _store.Get(name, CancellationToken.None));
    }

    [Fact]
    public async Task Another_store_on_the_folder_sees_it()
    {
        var one = new FolderBlobStore(_folder);
        var name = await one.Put(Some.Bytes(10), CancellationToken.None);

        Assert.Equal(Some.Bytes(10), await new FolderBlobStore(_folder).Get(name, CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_blob_is_named()
    {
        var name = new string('a', 64);
        var folderless = await Assert.ThrowsAsync<BlobException>(() => _store.Get(name, CancellationToken.None));
        await _store.Put(Some.Bytes(1), CancellationToken.None);
        var missing = await Assert.ThrowsAsync<BlobException>(() => _store.Get(name, CancellationToken.None));

        Assert.Contains(name, folderless.Message, StringComparison.Ordinal);
        Assert.Contains(name, missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_blob_is_named()
    {
        var name = await _store.Put(Some.Bytes(100), CancellationToken.None);
        await File.WriteAllBytesAsync(Files().Single(), Some.Bytes(99));

        var broken = await Assert.ThrowsAsync<BlobException>(() => _store.Get(name, CancellationToken.None));

        Assert.Contains(name, broken.Message, StringComparison.Ordinal);
        Assert.Contains("broken", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Putting_the_bytes_again_mends_a_broken_blob()
    {
        var name = await _store.Put(Some.Bytes(100), CancellationToken.None);
        await File.WriteAllBytesAsync(Files().Single(), new byte[100]);

        await _store.Put(Some.Bytes(100), CancellationToken.None);

        Assert.Equal(Some.Bytes(100), await _store.Get(name, CancellationToken.None));
    }

    [Fact]
    public async Task Many_writers_of_the_same_bytes_do_no_harm()
    {
        var start = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 8).Select(async _ =>
        {
            await start.Task;
            await Task.Yield();
            return await _store.Put(Some.Bytes(500_000), CancellationToken.None);
        }).ToArray();
        start.SetResult();
        var names = await Task.WhenAll(writers);

        Assert.Single(names.Distinct());
        Assert.Equal(Some.Bytes(500_000), await _store.Get(names[0], CancellationToken.None));
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_cancelled_write_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Put(Some.Bytes(1_000_000), new CancellationToken(canceled: true)));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task Deleting_says_how_much_it_freed_and_a_second_time_nothing()
    {
        var name = await _store.Put(Some.Bytes(1234), CancellationToken.None);

        Assert.Equal(1234, await _store.Delete(name, CancellationToken.None));
        Assert.Equal(0, await _store.Delete(name, CancellationToken.None));
        await Assert.ThrowsAsync<BlobException>(() => _store.Get(name, CancellationToken.None));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    public async Task Only_hashes_are_names(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Get(name, CancellationToken.None));

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
}
