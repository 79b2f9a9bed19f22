using Siamese.Contracts.Tuning;

namespace Siamese.Contracts.Sweeps;

/// <summary>How much a hyperparameter mattered in a sweep.</summary>
/// <param name="Hyperparameter">Its <see cref="Tuning.Hyperparameter.Name"/>.</param>
/// <param name="Share">
/// Share of the variance of the logarithm of the EER between points that it explains, by itself and together with others;
/// shares need not add up to 1. Null if there are too few points.
/// </param>
/// <param name="Best">The values with the lowest EER.</param>
[GenerateSerializer, Immutable, Alias("siamese.Importance")]
public sealed record Importance(string Hyperparameter, Estimate? Share, BestValues Best);
