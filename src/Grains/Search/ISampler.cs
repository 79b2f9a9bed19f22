namespace Siamese.Grains.Search;

/// <summary>Proposes points of a unit cube, one at a time. Pure: the same seed and history give the same proposals.</summary>
internal interface ISampler
{
    /// <param name="number">Number of earlier proposals, including those that were never tried.</param>
    /// <param name="seen">Points that were tried or are being tried, in the order of their proposals.</param>
    /// <returns>A number in [0, 1) for each dimension.</returns>
    double[] Propose(int number, IReadOnlyList<Observation> seen);
}
