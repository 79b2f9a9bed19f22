namespace Siamese.Grains.Search;

/// <summary>Proposes points of a unit cube, one after the other. Pure: the same seed and past give the same proposals.</summary>
internal interface ISampler
{
    /// <param name="number">How many it has proposed before, those included that were never tried.</param>
    /// <param name="seen">Points that were tried, or are being tried, in the order in which they were proposed.</param>
    /// <returns>A number from 0 to below 1 for each dimension.</returns>
    double[] Propose(int number, IReadOnlyList<Observation> seen);
}
