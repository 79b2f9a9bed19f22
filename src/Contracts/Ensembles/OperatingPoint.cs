namespace Siamese.Contracts.Ensembles;

/// <summary>A threshold that was chosen by the error that it may make, and both errors at it, on validation pairs.</summary>
/// <param name="Threshold">A combined distance up to this is *same*.</param>
/// <param name="Far">Share of different pairs called same, 0 to 1.</param>
/// <param name="FarInterval">Where it will lie on as many new images of the same kind, with 95 %.</param>
/// <param name="Frr">Share of same pairs called different, 0 to 1.</param>
/// <param name="FrrInterval">Where that will lie.</param>
[GenerateSerializer, Immutable, Alias("siamese.OperatingPoint")]
public sealed record OperatingPoint(double Threshold, double Far, Interval FarInterval, double Frr, Interval FrrInterval);
