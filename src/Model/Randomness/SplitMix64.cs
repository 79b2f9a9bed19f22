using System.Runtime.CompilerServices;

namespace Siamese.Model.Randomness;

/// <summary>
/// The generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). It is the same on every version of the runtime, because
/// splits, weights and stored sweeps depend on its numbers.
/// </summary>
/// <param name="seed">The same seed gives the same numbers.</param>
public struct SplitMix64(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15UL;

    private ulong _state = seed;

    /// <summary>The next number; every 64-bit number is equally likely.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mixed(_state += Step);

    /// <summary>Mixes the bits of a number: similar numbers give unrelated ones, and no two numbers give the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
