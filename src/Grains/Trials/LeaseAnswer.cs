using Siamese.Contracts.Trials;

namespace Siamese.Grains.Trials;

/// <summary>A trial's answer to a sweep that wants it trained.</summary>
/// <param name="Fence">Number of the lease that was granted; null if none was.</param>
/// <param name="Result">How the trial had already ended; null if it had not.</param>
/// <param name="HeldBy">The silo that already trains it, under an earlier lease; null if none does.</param>
/// <param name="HeldFor">The sweep that this lease was granted to; null if there is none.</param>
/// <param name="From">The checkpoint that the granted lease resumes from; null if it starts from the beginning or none was granted.</param>
[GenerateSerializer, Immutable, Alias("siamese.LeaseAnswer")]
internal sealed record LeaseAnswer(long? Fence, TrialResult? Result, string? HeldBy, string? HeldFor = null, Checkpoint? From = null);
