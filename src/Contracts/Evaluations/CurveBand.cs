using Siamese.Contracts.Pairs;

namespace Siamese.Contracts.Evaluations;

/// <summary>The uncertainty of a curve of both error rates at one of its points.</summary>
/// <param name="Far">False accept rate, above 0 and at most 1.</param>
/// <param name="Frr">95 % interval of the false reject rate if at most this share of different pairs is accepted.</param>
[GenerateSerializer, Immutable, Alias("siamese.CurveBand")]
public readonly record struct CurveBand(double Far, Interval Frr);
