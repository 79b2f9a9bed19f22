namespace Siamese.Grains.Search;

/// <summary>A point that a sampler knows.</summary>
/// <param name="Place">A number in [0, 1) for each dimension; NaN if the dimension does not apply at the point.</param>
/// <param name="Value">The value to minimize; null while the point is being tried.</param>
internal sealed record Observation(double[] Place, double? Value);
