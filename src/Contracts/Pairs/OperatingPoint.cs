namespace Siamese.Contracts.Pairs;

/// <summary>A threshold chosen for a maximum error rate, with both error rates at it on validation pairs.</summary>
/// <param name="Threshold">A combined distance up to this is *same*.</param>
/// <param name="Far">Share of different pairs called same, 0 to 1.</param>
/// <param name="FarInterval">Where it will lie on the same number of new images of the same kind, with 95 % confidence.</param>
/// <param name="Frr">Share of same pairs called different, 0 to 1.</param>
/// <param name="FrrInterval">Where it will lie, likewise.</param>
[GenerateSerializer, Immutable, Alias("siamese.OperatingPoint")]
public sealed record OperatingPoint(double Threshold, double Far, Interval FarInterval, double Frr, Interval FrrInterval);
