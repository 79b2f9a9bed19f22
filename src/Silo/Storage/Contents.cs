using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage;

/// <summary>Where a store keeps its blobs and checkpoints.</summary>
/// <param name="Blobs">The blobs.</param>
/// <param name="Checkpoints">The checkpoints.</param>
/// <param name="AllBlobs">The blobs again, to maintain all of them.</param>
/// <param name="AllCheckpoints">The checkpoints again, to maintain all of them.</param>
/// <param name="Owner">Knows whether another store uses the folder; null if they are in the store itself.</param>
internal sealed record Contents(IBlobStore Blobs, ICheckpointStore Checkpoints, IMaintained AllBlobs, IMaintained AllCheckpoints, FolderOwner? Owner = null)
{
    private const string BlobFolder = "blobs", CheckpointFolder = "checkpoints";

    /// <summary>The folder for both; null if they are in the store itself.</summary>
    public string? Folder { get; private init; }

    /// <summary>Bytes of the files in the folder; 0 if there is none.</summary>
    public long FileBytes => Folder is null ? 0 : StoreSize.Of(new(Path.Combine(Folder, BlobFolder))) + StoreSize.Of(new(Path.Combine(Folder, CheckpointFolder)));

    /// <param name="folder">The folder for both.</param>
    /// <param name="owner">Knows whether another store uses the folder.</param>
    public static Contents In(string folder, FolderOwner owner)
    {
        var blobs = new FolderBlobStore(Path.Combine(folder, BlobFolder));
        var checkpoints = new FolderCheckpointStore(Path.Combine(folder, CheckpointFolder));
        return new Contents(blobs, checkpoints, blobs, checkpoints, owner) { Folder = folder };
    }
}
