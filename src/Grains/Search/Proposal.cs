using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Search;

/// <summary>A point of an adaptive search, and what its sampler proposed in vain before it came to it.</summary>
/// <param name="Point">What is trained.</param>
/// <param name="Invalid">Points that cannot be trained.</param>
/// <param name="WhyInvalid">Why the first of them cannot; null without any.</param>
/// <param name="Duplicates">Points that are the same training as an earlier one.</param>
[GenerateSerializer, Immutable, Alias("siamese.Proposal")]
internal sealed record Proposal(Hyperparameters Point, int Invalid, string? WhyInvalid, int Duplicates);
