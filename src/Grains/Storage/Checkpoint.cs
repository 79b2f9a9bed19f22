namespace Siamese.Grains.Storage;

/// <summary>A point from which a trial can be resumed exactly. Its bytes are in the checkpoint store under trial, fence, epoch and batch.</summary>
/// <param name="Fence">Number of the lease under which it was written, so that a trainer that has lost its lease overwrites nothing.</param>
/// <param name="Epoch">Number of finished epochs.</param>
/// <param name="Batch">Number of batches trained in the epoch after those.</param>
/// <param name="Hash">SHA-256 of its bytes, 64 hexadecimal digits.</param>
/// <param name="Seconds">Seconds of training up to it.</param>
[GenerateSerializer, Immutable, Alias("siamese.Checkpoint")]
public sealed record Checkpoint(long Fence, int Epoch, int Batch, string Hash, double Seconds);
