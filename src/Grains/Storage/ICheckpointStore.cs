namespace Siamese.Grains.Storage;

/// <summary>
/// Stores checkpoints under `trial/fence/epoch-batch`. The trial's grain knows which of them is current. A trainer that has
/// lost its lease can neither overwrite nor delete what its successors need.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Stores the bytes of a checkpoint atomically; replaces an existing one.</summary>
    /// <param name="trial">The trial's id: 32 hexadecimal digits.</param>
    /// <param name="checkpoint">Its place, and the hash of its bytes.</param>
    /// <param name="bytes">The checkpoint.</param>
    /// <param name="cancellation">Cancels the call; then either nothing or everything was stored.</param>
    Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="BlobException">There is no such checkpoint, or its bytes do not match its hash; the message names it.</exception>
    Task<byte[]> Get(string trial, Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>Deletes a trial's checkpoints up to a fence and returns the number of bytes freed.</summary>
    /// <param name="trial">The trial's id.</param>
    /// <param name="upToFence">Checkpoints of later leases stay.</param>
    /// <param name="except">The checkpoint to keep; null to keep none.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation);
}
