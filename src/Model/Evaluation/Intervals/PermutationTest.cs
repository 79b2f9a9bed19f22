namespace Siamese.Model.Evaluation.Intervals;

/// <summary>
/// How often chance alone makes such a difference between the means of two samples from one distribution: the share of
/// random divisions of all values with a difference at least as large. Fisher 1935; the share includes the observed
/// division, so it is never 0 (Phipson, Smyth 2010).
/// </summary>
public static class PermutationTest
{
    private const int Draws = 9999;

    /// <param name="few">One sample.</param>
    /// <param name="many">The other sample; the larger one, for speed.</param>
    /// <param name="seed">Seed of the divisions.</param>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static double Chance(IReadOnlyList<double> few, IReadOnlyList<double> many, int seed)
    {
        if (few.Count == 0 || many.Count == 0)
            throw new ArgumentException("A sample is empty.", nameof(few));
        double[] all = [.. few, .. many];
        var mean = all.Average();
        // One sample's mean determines the other's, so its distance from the overall mean measures how far apart they are.
        var seen = Math.Abs(few.Sum() - (few.Count * mean));
        var tolerance = 1e-9 * (1 + seen);
        var random = new Random(seed);
        var asFar = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < few.Count; i++)
            {
                var chosen = random.Next(i, all.Length);
                (all[i], all[chosen]) = (all[chosen], all[i]);
                sum += all[i];
            }

            asFar += Math.Abs(sum - (few.Count * mean)) >= seen - tolerance ? 1 : 0;
        }

        return (asFar + 1.0) / (Draws + 1);
    }
}
