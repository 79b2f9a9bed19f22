using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Stores;

public sealed class FolderBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-blobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Leftovers_of_a_killed_writer_are_not_blobs()
    {
        var store = (FolderBlobStore)Open();
        var name = await store.Put(Some.Bytes(10), CancellationToken.None);
        var path = Files().Single();
        File.Move(path, $"{path}.killed.partial");

        Assert.Equal((string[])[name], await store.Missing([name], CancellationToken.None));
        await Assert.ThrowsAsync<BlobException>(() => store.Get(name, CancellationToken.None));
        await foreach (var found in store.Verify(CancellationToken.None))
            Assert.Fail($"{found}");
    }

    private protected override IBlobStore Open() => new FolderBlobStore(Path.Combine(_folder, "made", "when", "needed"));

    private protected override void Damage(byte[] by) => File.WriteAllBytes(Files().Single(), by);

    private protected override int Count() => Files().Length;

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
}
