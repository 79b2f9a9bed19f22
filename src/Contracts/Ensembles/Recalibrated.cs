using Siamese.Contracts.Recalibrating;

namespace Siamese.Contracts.Ensembles;

/// <summary>The result of recalibrating an ensemble.</summary>
/// <param name="Found">The correction that its feedback suggests.</param>
/// <param name="Version">
/// The new version. If no correction predicts feedback better, it undoes an earlier correction and has the original
/// calibration again; null if there was none to undo.
/// </param>
[GenerateSerializer, Immutable, Alias("siamese.Recalibrated")]
public sealed record Recalibrated(Recalibration Found, EnsembleSummary? Version);
