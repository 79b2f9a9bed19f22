using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Recalibrating;

/// <summary>Recent feedback on pairs of one kind that contradicts an ensemble's calibration beyond chance.</summary>
/// <param name="Version">The version with this calibration.</param>
/// <param name="Kind">The kind of the pairs.</param>
/// <param name="Pairs">Number of pairs.</param>
/// <param name="Probability">The version's mean probability of *same* on these pairs, for a prior of one half.</param>
/// <param name="Expected">Its mean probability on the pairs of that kind that it was calibrated on.</param>
/// <param name="Chance">Probability that a difference this large arises by chance, by a permutation test; 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("siamese.Drift")]
public sealed record Drift(int Version, Relation Kind, int Pairs, double Probability, double Expected, double Chance);
