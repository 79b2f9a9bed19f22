using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Ensembles;

/// <summary>Where the forming of an ensemble stands.</summary>
/// <param name="IsUnderWay">Whether it is still being formed or measured.</param>
/// <param name="Result">The newest version whose sweep had ended; null where there is none, while one is under way and where that failed.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
[GenerateSerializer, Immutable, Alias("siamese.FormingState")]
public sealed record FormingState(bool IsUnderWay, SweepResult? Result, string? Problem);
