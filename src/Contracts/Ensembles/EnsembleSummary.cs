namespace Siamese.Contracts.Ensembles;

/// <summary>An ensemble with what is known of it on test pairs.</summary>
/// <param name="Ensemble">The newest version.</param>
/// <param name="Test">Its metrics on test pairs; null until they are measured.</param>
[GenerateSerializer, Immutable, Alias("siamese.EnsembleSummary")]
public sealed record EnsembleSummary(Ensemble Ensemble, PairMetrics? Test);
