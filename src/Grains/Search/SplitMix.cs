namespace Siamese.Grains.Search;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a stream for each pair of seed and stream number. It is the same on every
/// version of the runtime, because the trials of a stored sweep depend on it.
/// </summary>
internal struct SplitMix(int seed, int stream)
{
    private ulong _state = Mixed(Mixed((uint)seed + 0x9E3779B97F4A7C15UL) + (uint)stream);

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mixed(_state);
    }

    /// <summary>Shuffles items (Fisher and Yates, 1938).</summary>
    public void Shuffle(int[] items)
    {
        for (var i = 0; i < items.Length; i++)
        {
            var other = i + (int)(NextDouble() * (items.Length - i));
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
