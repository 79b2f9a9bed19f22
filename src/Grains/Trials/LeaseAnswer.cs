using Siamese.Contracts.Trials;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Trials;

/// <summary>A trial's answer to a sweep that wants it trained.</summary>
/// <param name="Fence">Number of the lease that was granted; null if none was.</param>
/// <param name="Result">How the trial had already ended; null if it had not.</param>
/// <param name="LeasedTo">The silo that an earlier lease was granted to and that still trains it; null if none does.</param>
/// <param name="LeasedFor">The sweep that this earlier lease was granted for; null if there is none.</param>
/// <param name="From">The last checkpoint, from which the granted lease or the next one resumes; null if there is none.</param>
[GenerateSerializer, Immutable, Alias("siamese.LeaseAnswer")]
internal sealed record LeaseAnswer(long? Fence, TrialResult? Result, string? LeasedTo, string? LeasedFor = null, Checkpoint? From = null);
