using System.Collections.Immutable;

namespace Siamese.Contracts.Trials;

/// <summary>How the distances of pairs are distributed, by kind.</summary>
/// <param name="Width">Width of a bin; the first begins at 0, and the last contains all larger distances too.</param>
/// <param name="Same">Number of *same* pairs in each bin.</param>
/// <param name="Different">Number of *different* pairs in each bin.</param>
/// <param name="Threshold">The threshold at the equal error rate of these pairs.</param>
[GenerateSerializer, Immutable, Alias("siamese.DistanceHistogram")]
public sealed record DistanceHistogram(double Width, ImmutableArray<int> Same, ImmutableArray<int> Different, double Threshold)
{
    /// <summary>Number of bins.</summary>
    public const int Bins = 50;

    /// <summary>Counts distances.</summary>
    /// <param name="same">Distances of *same* pairs, at least one.</param>
    /// <param name="different">Distances of *different* pairs, at least one.</param>
    /// <param name="threshold">Their threshold.</param>
    public static DistanceHistogram Of(IReadOnlyCollection<float> same, IReadOnlyCollection<float> different, double threshold)
    {
        var largest = Math.Max(same.Max(), different.Max());
        var width = largest > 0 ? (double)largest / Bins : 1;
        return new(width, Count(same), Count(different), threshold);

        ImmutableArray<int> Count(IEnumerable<float> distances)
        {
            var counts = new int[Bins];
            foreach (var distance in distances)
                counts[Math.Clamp((int)(distance / width), 0, Bins - 1)]++;
            return [.. counts];
        }
    }
}
