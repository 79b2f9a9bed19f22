namespace Siamese.Grains.Search;

/// <summary>A point that is known to a sampler.</summary>
/// <param name="Place">A number from 0 to below 1 for each dimension; not a number where the dimension says nothing at the point.</param>
/// <param name="Value">What is to be small; null while it is being tried.</param>
internal sealed record Observation(double[] Place, double? Value);
