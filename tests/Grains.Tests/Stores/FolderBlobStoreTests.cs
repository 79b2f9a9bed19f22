using Siamese.Grains.Storage;

namespace Siamese.Grains.Tests.Stores;

public sealed class FolderBlobStoreTests : BlobStoreTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-blobs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private protected override IBlobStore Open() => new FolderBlobStore(Path.Combine(_folder, "made", "when", "needed"));

    private protected override void Damage(byte[] by) => File.WriteAllBytes(Files().Single(), by);

    private protected override int Count() => Files().Length;

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);
}
