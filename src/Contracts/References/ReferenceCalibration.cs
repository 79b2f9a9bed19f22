namespace Siamese.Contracts.References;

/// <summary>How an ensemble answers for one number of references, measured on validation images.</summary>
/// <param name="Count">Number of references.</param>
/// <param name="Rule">The rule with the lowest equal error rate.</param>
/// <param name="Threshold">A distance by that rule up to this is *same*.</param>
/// <param name="PlattA">A in Platt's P(same) = 1 / (1 + exp(A·distance + B)), for a prior of one half.</param>
/// <param name="PlattB">B in the same formula.</param>
/// <param name="Eer">The equal error rate.</param>
[GenerateSerializer, Immutable, Alias("siamese.ReferenceCalibration")]
public sealed record ReferenceCalibration(int Count, ReferenceRule Rule, double Threshold, double PlattA, double PlattB, double Eer);
