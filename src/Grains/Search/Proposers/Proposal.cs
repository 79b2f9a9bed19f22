using Siamese.Contracts.Tuning;

namespace Siamese.Grains.Search.Proposers;

/// <summary>A point of an adaptive search, and the unusable proposals before it.</summary>
/// <param name="Point">The hyperparameters to train with.</param>
/// <param name="Invalid">Proposals that cannot be trained.</param>
/// <param name="WhyInvalid">Why the first of them cannot be trained; null without any.</param>
/// <param name="Duplicates">Proposals equivalent to an earlier point.</param>
[GenerateSerializer, Immutable, Alias("siamese.Proposal")]
internal sealed record Proposal(Hyperparameters Point, int Invalid, string? WhyInvalid, int Duplicates);
