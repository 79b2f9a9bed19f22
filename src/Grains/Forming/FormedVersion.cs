using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Forming;

/// <summary>A version to store.</summary>
/// <param name="Summary">The version.</param>
/// <param name="Result">Its results on test pairs; null if it was not tested.</param>
internal sealed record FormedVersion(EnsembleSummary Summary, SweepResult? Result);

/// <summary>An ensemble in which one trial has the whole weight; it is not stored.</summary>
/// <param name="Ensemble">The ensemble.</param>
/// <param name="Validation">Its distances for validation pairs, as a file.</param>
/// <param name="References">Training images and its embeddings of them, as a file.</param>
internal sealed record LoneEnsemble(Ensemble Ensemble, byte[] Validation, byte[] References);
