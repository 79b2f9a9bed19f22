using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>Where an ensemble's members err alone, each by its own threshold, on test pairs; each kind of pair weighs half.</summary>
/// <param name="Rates">Each member's error rate, in their order.</param>
/// <param name="Shared">
/// For members 0 and 1, 0 and 2, …, 1 and 2, …: of the pairs that either has wrong, the share that both have wrong. The less
/// they share, the more they have to gain from each other.
/// </param>
[GenerateSerializer, Immutable, Alias("siamese.MemberErrors")]
public sealed record MemberErrors(ImmutableArray<double> Rates, ImmutableArray<double> Shared);
