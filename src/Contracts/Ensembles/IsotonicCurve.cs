using System.Collections.Immutable;

namespace Siamese.Contracts.Ensembles;

/// <summary>
/// P(same) by distance, for a prior of one half: linear between its knots, constant before the first and after the last.
/// </summary>
/// <param name="Distances">Distances of the knots, increasing; at least one.</param>
/// <param name="Probabilities">Probabilities of the knots, never increasing, above 0 and below 1.</param>
[GenerateSerializer, Immutable, Alias("siamese.IsotonicCurve")]
public sealed record IsotonicCurve(ImmutableArray<float> Distances, ImmutableArray<double> Probabilities)
{
    /// <summary>The probability that a pair at this distance is *same*.</summary>
    public double Probability(double distance)
    {
        var (low, high) = (0, Distances.Length); // The index of the first knot beyond the distance is in this range.
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Distances[middle] <= distance ? (middle + 1, high) : (low, middle);
        }

        if (low == 0 || low == Distances.Length)
            return Probabilities[Math.Max(0, low - 1)];
        var way = (distance - Distances[low - 1]) / (Distances[low] - Distances[low - 1]);
        return Probabilities[low - 1] + (way * (Probabilities[low] - Probabilities[low - 1]));
    }
}
