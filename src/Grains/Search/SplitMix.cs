using Siamese.Model.Randomness;

namespace Siamese.Grains.Search;

/// <summary>
/// Streams of <see cref="SplitMix64"/>, one for each pair of seed and stream number, and what sweeps draw from them. The trials
/// of a stored sweep depend on these numbers.
/// </summary>
internal struct SplitMix(int seed, int stream)
{
    private SplitMix64 _random = new(SplitMix64.Mixed(new SplitMix64((uint)seed).Next() + (uint)stream));

    public ulong Next() => _random.Next();

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
}
