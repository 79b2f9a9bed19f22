using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Ensembles;

/// <summary>A version of an ensemble, with its metrics on test pairs if they are known.</summary>
/// <param name="Ensemble">The version.</param>
/// <param name="Test">Its metrics on test pairs; null until they are measured.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnsembleSummary")]
public sealed record EnsembleSummary(Ensemble Ensemble, PairMetrics? Test);
