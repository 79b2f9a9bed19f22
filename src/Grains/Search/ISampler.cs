namespace Siamese.Grains.Search;

/// <summary>Proposes points of a unit cube, one after the other. Pure: the same seed gives the same proposals.</summary>
internal interface ISampler
{
    /// <param name="number">How many it has proposed before, those included that were never tried.</param>
    /// <returns>A number from 0 to below 1 for each dimension.</returns>
    double[] Propose(int number);
}
