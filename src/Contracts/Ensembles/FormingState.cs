using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Ensembles;

/// <summary>Where the forming of an ensemble stands.</summary>
/// <param name="IsUnderWay">Whether it is still being formed or measured.</param>
/// <param name="Result">What came of it; null while under way and where it failed.</param>
/// <param name="Problem">Why it failed; null where it did not.</param>
[GenerateSerializer, Immutable, Alias("siamese.FormingState")]
public sealed record FormingState(bool IsUnderWay, SweepResult? Result, string? Problem);
