using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage;

/// <summary>Where a store keeps its blobs and checkpoints.</summary>
/// <param name="Blobs">The blobs.</param>
/// <param name="Checkpoints">The checkpoints.</param>
/// <param name="AllBlobs">The blobs again, to maintain all of them.</param>
/// <param name="AllCheckpoints">The checkpoints again, to maintain all of them.</param>
internal sealed record Contents(IBlobStore Blobs, ICheckpointStore Checkpoints, IMaintained AllBlobs, IMaintained AllCheckpoints)
{
    public static Contents In(string folder)
    {
        var blobs = new FolderBlobStore(Path.Combine(folder, "blobs"));
        var checkpoints = new FolderCheckpointStore(Path.Combine(folder, "checkpoints"));
        return new Contents(blobs, checkpoints, blobs, checkpoints);
    }
}
