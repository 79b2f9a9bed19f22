using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;

namespace Siamese.Grains.Ensembles;

/// <summary>A version that is to be stored.</summary>
/// <param name="Summary">The version.</param>
/// <param name="Result">What it is worth on test pairs; null of a sweep that still trains.</param>
internal sealed record FormedVersion(EnsembleSummary Summary, SweepResult? Result);
