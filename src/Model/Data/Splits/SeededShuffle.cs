namespace Siamese.Model.Data.Splits;

/// <summary>
/// A shuffle by SplitMix64. A fingerprint promises the same splits forever; the framework's own generator may change
/// between versions.
/// </summary>
internal sealed class SeededShuffle(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Order(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        Shuffle(order);
        return order;
    }

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            // The bias of the remainder is below 2⁻³² for any set that fits into memory.
            var j = (int)(Next() % (ulong)(i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
