namespace Siamese.Contracts.Training;

/// <summary>A trial's answer to a sweep that wants it trained.</summary>
/// <param name="Fence">Number of the lease that was granted; null where none was.</param>
/// <param name="Result">How the trial had already ended; null where it had not.</param>
/// <param name="HeldBy">The silo that trains it already, under a lease that was granted before; null where none does.</param>
/// <param name="HeldFor">The sweep that this lease was granted to; null where there is none.</param>
/// <param name="From">Where the lease that was granted goes on; null where it begins, or none was.</param>
[GenerateSerializer, Immutable, Alias("siamese.LeaseAnswer")]
public sealed record LeaseAnswer(long? Fence, TrialResult? Result, string? HeldBy, string? HeldFor = null, Checkpoint? From = null);
