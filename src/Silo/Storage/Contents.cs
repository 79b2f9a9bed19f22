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
    /// <param name="folder">The folder for both.</param>
    /// <param name="owner">Knows whether another store uses the folder.</param>
    public static Contents In(string folder, FolderOwner owner)
    {
        var blobs = new FolderBlobStore(Path.Combine(folder, "blobs"));
        var checkpoints = new FolderCheckpointStore(Path.Combine(folder, "checkpoints"));
        return new Contents(blobs, checkpoints, blobs, checkpoints, owner);
    }
}
