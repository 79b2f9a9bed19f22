namespace Siamese.Contracts.Sweeps;

/// <summary>How much a hyperparameter mattered in a sweep.</summary>
/// <param name="Hyperparameter">Its <see cref="Sweeps.Hyperparameter.Name"/>.</param>
/// <param name="Share">
/// Of the variance of the logarithm of the EER between points, what it accounts for, by itself and together with others; so
/// shares need not add up to 1. Null where there are too few points to ask.
/// </param>
/// <param name="Best">Where the EER is lowest.</param>
[GenerateSerializer, Immutable, Alias("siamese.Importance")]
public sealed record Importance(string Hyperparameter, Estimate? Share, BestValues Best);
