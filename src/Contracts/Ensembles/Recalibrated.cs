namespace Siamese.Contracts.Ensembles;

/// <summary>What came of recalibrating an ensemble.</summary>
/// <param name="Found">The correction that its feedback asks for.</param>
/// <param name="Version">The new version; null where the correction does not foretell feedback better than no correction does, and none was made.</param>
[GenerateSerializer, Immutable, Alias("siamese.Recalibrated")]
public sealed record Recalibrated(Recalibration Found, EnsembleSummary? Version);
