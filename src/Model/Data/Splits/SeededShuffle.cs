using Siamese.Model.Randomness;

namespace Siamese.Model.Data.Splits;

/// <summary>
/// A shuffle by <see cref="SplitMix64"/>. A fingerprint promises the same splits forever; the framework's own generator may change
/// between versions.
/// </summary>
internal sealed class SeededShuffle(ulong seed)
{
    private SplitMix64 _random = new(seed);

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
            var j = (int)(_random.Next() % (ulong)(i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
