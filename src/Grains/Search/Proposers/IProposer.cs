namespace Siamese.Grains.Search.Proposers;

/// <summary>Proposes points of a unit cube, one at a time. Pure: the same seed and history give the same proposals.</summary>
internal interface IProposer
{
    /// <param name="number">Number of earlier proposals, including those that were never tried.</param>
    /// <param name="seen">Points that were tried or are being tried, in the order of their proposals.</param>
    /// <returns>A number in [0, 1) for each dimension.</returns>
    double[] Propose(int number, IReadOnlyList<Observation> seen);
}

/// <summary>A point that a proposer knows.</summary>
/// <param name="Place">A number in [0, 1) for each dimension; NaN if the dimension does not apply at the point.</param>
/// <param name="Value">The value to minimize; null while the point is being tried.</param>
internal sealed record Observation(double[] Place, double? Value);
