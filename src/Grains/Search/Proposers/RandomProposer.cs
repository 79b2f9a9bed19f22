namespace Siamese.Grains.Search.Proposers;

/// <summary>Independent points (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 2012).</summary>
/// <param name="dimensions">Dimensions of the unit cube.</param>
/// <param name="seed">Seed of the points.</param>
internal sealed class RandomProposer(int dimensions, int seed) : IProposer
{
    public double[] Propose(int number, IReadOnlyList<Observation> seen)
    {
        var random = new SplitMix(seed, number);
        var place = new double[dimensions];
        for (var i = 0; i < dimensions; i++)
            place[i] = random.NextDouble();
        return place;
    }
}
