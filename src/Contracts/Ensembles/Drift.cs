using Siamese.Contracts.Data;

namespace Siamese.Contracts.Ensembles;

/// <summary>Recent feedback on pairs of one kind that contradicts an ensemble's calibration beyond chance.</summary>
/// <param name="Version">The version whose calibration it is.</param>
/// <param name="Kind">The kind that the pairs are.</param>
/// <param name="Pairs">How many there are.</param>
/// <param name="Probability">What the version says on average of them: the probability of *same*, for a prior of one half.</param>
/// <param name="Expected">What it says on average of the pairs of that kind that it was calibrated to.</param>
/// <param name="Chance">How often so large a difference comes of chance, by a permutation test; 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("siamese.Drift")]
public sealed record Drift(int Version, Relation Kind, int Pairs, double Probability, double Expected, double Chance);
