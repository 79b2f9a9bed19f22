using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>Errors of an ensemble's single members on test pairs, each with its own threshold; each kind of pair weighs half.</summary>
/// <param name="Rates">Each member's error rate, in the order of the members.</param>
/// <param name="Shared">
/// For members 0 and 1, 0 and 2, …, 1 and 2, …: of the pairs that either gets wrong, the share that both get wrong. The
/// smaller it is, the more the members gain from each other.
/// </param>
[GenerateSerializer, Immutable, Alias("siamese.MemberErrors")]
public sealed record MemberErrors(ImmutableArray<double> Rates, ImmutableArray<double> Shared);
