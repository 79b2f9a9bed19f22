using Siamese.Contracts.Trials;

namespace Siamese.Model.Ensembles;

/// <summary>A completed trial that may become a member.</summary>
/// <param name="Trial">The trial's id.</param>
/// <param name="Spec">What was trained.</param>
/// <param name="WeightsBlob">Blob of its weights.</param>
/// <param name="Distances">Its distances of the validation pairs, in their order.</param>
public sealed record MemberCandidate(string Trial, TrialSpec Spec, string WeightsBlob, float[] Distances);
