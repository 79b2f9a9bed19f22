using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Ensembles;

/// <summary>A version to store.</summary>
/// <param name="Summary">The version.</param>
/// <param name="Result">Its results on test pairs; null if it was not tested.</param>
internal sealed record FormedVersion(EnsembleSummary Summary, SweepResult? Result);
