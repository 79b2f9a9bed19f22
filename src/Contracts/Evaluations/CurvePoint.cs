namespace Siamese.Contracts.Evaluations;

/// <summary>Both error rates at a threshold.</summary>
/// <param name="Threshold">A combined distance up to this is *same*.</param>
/// <param name="Far">Share of different pairs called same, 0 to 1.</param>
/// <param name="Frr">Share of same pairs called different, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("siamese.CurvePoint")]
public readonly record struct CurvePoint(float Threshold, double Far, double Frr);
