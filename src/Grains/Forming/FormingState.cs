using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Forming;

/// <summary>The state of forming an ensemble.</summary>
/// <param name="IsUnderWay">Whether it is still being formed or measured.</param>
/// <param name="Result">The newest version whose sweep had ended; null if there is none, while one is being formed, and if forming failed.</param>
/// <param name="Problem">Why it failed; null if it did not.</param>
[GenerateSerializer, Immutable, Alias("siamese.FormingState")]
internal sealed record FormingState(bool IsUnderWay, SweepResult? Result, string? Problem);
