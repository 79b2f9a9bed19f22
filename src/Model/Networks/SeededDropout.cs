using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// Dropout (Srivastava et al., JMLR 2014) that draws from the trial's own generator: the library's draws from one that
/// all trials of a process share, and no trial could be replayed.
/// </summary>
/// <param name="probability">Share of features that is set to 0 while training; the rest is scaled up by 1/(1−p).</param>
/// <param name="wholeChannels">Whether whole channels of a (B, C, H, W) input are dropped rather than single features (Tompson et al., CVPR 2015).</param>
internal sealed class SeededDropout(double probability, bool wholeChannels = false)
    : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    /// <summary>Where the draws come from. Without one, as after loading weights for verdicts, only evaluation works.</summary>
    public Generator? Generator { get; set; }

    public override Tensor forward(Tensor input)
    {
        using var keep = Draw(wholeChannels ? [input.shape[0], input.shape[1], 1, 1] : input.shape);
        return keep is null ? input.alias() : input * keep;
    }

    /// <summary>What to multiply features of that shape by, 0 or 1/(1−p); null where nothing is dropped.</summary>
    public Tensor? Draw(long[] shape)
    {
        if (!training)
            return null;
        if (Generator is null)
            throw new InvalidOperationException("Dropout was asked to train without a generator; call Encoder.Initialize first.");
        using var key = randint(0, long.MaxValue, [1], dtype: int64, generator: Generator);
        var keep = empty(shape);
        Fill(MemoryMarshal.Cast<byte, uint>(keep.bytes), (ulong)key.item<long>());
        return keep;
    }

    /// <summary>
    /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), a number for two features. The library's generator makes one for
    /// each, by an algorithm several times as slow, and three more passes turn them into factors.
    /// </summary>
    private void Fill(Span<uint> keep, ulong state)
    {
        var bound = (uint)Math.Round(probability * uint.MaxValue);
        var factor = BitConverter.SingleToUInt32Bits((float)(1 / (1 - probability)));
        for (var i = 0; i < keep.Length; i += 2)
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            keep[i] = Factor((uint)z, bound, factor);
            if (i + 1 < keep.Length)
                keep[i + 1] = Factor((uint)(z >> 32), bound, factor);
        }
    }

    /// <summary>The factor's bits, or 0 where the number is below the bound. No branch: every other one would be guessed wrong.</summary>
    private static uint Factor(uint number, uint bound, uint factor) => factor & ~(uint)(((ulong)number - bound) >> 32);
}
