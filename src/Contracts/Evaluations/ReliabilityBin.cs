using Siamese.Contracts.Sweeps;

namespace Siamese.Contracts.Evaluations;

/// <summary>Pairs with similar probabilities of *same*, and how many of them are the same: a point of a reliability diagram (DeGroot, Fienberg 1983).</summary>
/// <param name="Predicted">Their mean probability, 0 to 1.</param>
/// <param name="Observed">The share of same pairs among them, with its 95 % interval. Each kind has half of the weight of all pairs.</param>
/// <param name="Pairs">Their number.</param>
[GenerateSerializer, Immutable, Alias("siamese.ReliabilityBin")]
public readonly record struct ReliabilityBin(double Predicted, Estimate Observed, int Pairs);
