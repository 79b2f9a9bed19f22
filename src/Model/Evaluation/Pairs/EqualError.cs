namespace Siamese.Model.Evaluation.Pairs;

/// <summary>Where FAR and FRR cross between two neighbouring operating points.</summary>
internal static class EqualError
{
    /// <summary>
    /// The equal error rate, and its relative position between the first and the second point (above 0, at most 1); null
    /// if the rates do not cross between them. Points are counts of same pairs rejected and different pairs accepted.
    /// </summary>
    public static (double Rate, double Way)? Between(
        (int Rejected, int Accepted) first, (int Rejected, int Accepted) second, int same, int different)
    {
        // FAR − FRR over a common denominator, so that equality is exact.
        var before = (long)first.Accepted * same - (long)first.Rejected * different;
        var after = (long)second.Accepted * same - (long)second.Rejected * different;
        if (before >= 0 || after < 0)
            return null;

        var way = before / (double)(before - after);
        var (far, next) = (first.Accepted / (double)different, second.Accepted / (double)different);
        return (way == 1 ? next : far + way * (next - far), way);
    }

    /// <summary>The same rate between points that are given by their rates, as for weighted pairs. The rates must cross between them.</summary>
    public static double Between((double Far, double Frr) first, (double Far, double Frr) second)
    {
        var way = (first.Frr - first.Far) / (first.Frr - first.Far + second.Far - second.Frr);
        return first.Far + (way * (second.Far - first.Far));
    }
}
