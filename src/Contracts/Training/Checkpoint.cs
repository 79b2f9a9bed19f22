namespace Siamese.Contracts.Training;

/// <summary>A place that a trial can be resumed from, exactly. Its bytes lie in the checkpoint store under trial, fence and place.</summary>
/// <param name="Fence">Number of the lease under which it was written, so that a trainer that has lost its lease overwrites nothing.</param>
/// <param name="Epoch">Epochs that were finished.</param>
/// <param name="Batch">Batches of the epoch after those that were trained.</param>
/// <param name="Hash">SHA-256 of its bytes, 64 hexadecimal digits.</param>
/// <param name="Seconds">Seconds of training that it holds.</param>
[GenerateSerializer, Immutable, Alias("siamese.Checkpoint")]
public sealed record Checkpoint(long Fence, int Epoch, int Batch, string Hash, double Seconds);
