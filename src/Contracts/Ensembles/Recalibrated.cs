namespace Siamese.Contracts.Ensembles;

/// <summary>What came of recalibrating an ensemble.</summary>
/// <param name="Found">The correction that its feedback asks for.</param>
/// <param name="Version">The new version; the original calibration again where no correction foretells feedback better and an earlier one is taken back; null where there was none to take back, and none was made.</param>
[GenerateSerializer, Immutable, Alias("siamese.Recalibrated")]
public sealed record Recalibrated(Recalibration Found, EnsembleSummary? Version);
