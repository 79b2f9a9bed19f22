namespace Siamese.Model.Data.Pairs;

/// <summary>Draws numbers without replacement (Floyd's draw: Bentley, CACM 1987).</summary>
internal static class DistinctNumbers
{
    /// <summary>Distinct numbers below <paramref name="total"/>, every set of them equally likely, ascending.</summary>
    public static long[] Draw(long total, int count, Random random)
    {
        var drawn = new HashSet<long>(count);
        for (var last = total - count; last < total; last++)
            if (!drawn.Add(random.NextInt64(last + 1)))
                drawn.Add(last);
        var numbers = drawn.ToArray();
        Array.Sort(numbers);
        return numbers;
    }
}
