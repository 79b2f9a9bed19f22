using Siamese.Contracts.Training;

namespace Siamese.Grains.Storage;

/// <summary>
/// Checkpoints under `trial/fence/epoch-batch`. The trial's grain knows which of them counts; a trainer that has lost its
/// lease can neither overwrite nor remove what its successors need.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>Stores the bytes of a checkpoint, whole or not at all; one that is there already is replaced.</summary>
    /// <param name="trial">The trial's id: 32 hexadecimal digits.</param>
    /// <param name="checkpoint">Where it lies; its hash is the bytes'.</param>
    /// <param name="bytes">The checkpoint.</param>
    /// <param name="cancellation">Ends the call; then nothing was stored, or all of it.</param>
    Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

    /// <summary>The bytes of a checkpoint.</summary>
    /// <exception cref="BlobException">There is no such checkpoint, or its bytes do not have its hash; the message names it.</exception>
    Task<byte[]> Get(string trial, Checkpoint checkpoint, CancellationToken cancellation);

    /// <summary>Removes a trial's checkpoints up to a fence, and returns the bytes that it freed.</summary>
    /// <param name="trial">The trial's id.</param>
    /// <param name="upToFence">Those of later leases stay.</param>
    /// <param name="except">The one that stays; null where none does.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation);
}
