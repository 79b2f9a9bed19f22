using System.Runtime.InteropServices;
using Siamese.Model.Randomness;
using static TorchSharp.torch;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// Dropout (Srivastava et al., JMLR 2014) that draws from the trial's generator. The library's dropout uses a generator that
/// all trials of a process share, so no trial could be replayed.
/// </summary>
/// <param name="probability">Share of features that are set to 0 during training; the others are scaled by 1/(1−p).</param>
/// <param name="wholeChannels">Whether to drop whole channels of a (B, C, H, W) input instead of single features (Tompson et al., CVPR 2015).</param>
internal sealed class SeededDropout(double probability, bool wholeChannels = false)
    : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    /// <summary>The source of random numbers. Without one, for example after loading weights for verdicts, only evaluation mode works.</summary>
    public Generator? Generator { get; set; }

    public override Tensor forward(Tensor input)
    {
        using var keep = Draw(wholeChannels ? [input.shape[0], input.shape[1], 1, 1] : input.shape);
        return keep is null ? input.alias() : input * keep;
    }

    /// <summary>Draws factors for features of this shape, 0 or 1/(1−p); null if nothing is dropped.</summary>
    public Tensor? Draw(long[] shape)
    {
        if (!training)
            return null;
        if (Generator is null)
            throw new InvalidOperationException("Dropout cannot train without a generator; call Encoder.Initialize first.");
        using var key = randint(0, long.MaxValue, [1], dtype: int64, generator: Generator);
        var keep = empty(shape);
        Fill(MemoryMarshal.Cast<byte, uint>(keep.bytes), (ulong)key.item<long>());
        return keep;
    }

    /// <summary>
    /// One number of <see cref="SplitMix64"/> for two features. The library draws one number for each
    /// feature, with a generator several times slower, and needs three more passes to turn them into factors.
    /// </summary>
    private void Fill(Span<uint> keep, ulong seed)
    {
        var bound = (uint)Math.Round(probability * uint.MaxValue);
        var factor = BitConverter.SingleToUInt32Bits((float)(1 / (1 - probability)));
        var random = new SplitMix64(seed);
        for (var i = 0; i < keep.Length; i += 2)
        {
            var z = random.Next();
            keep[i] = Factor((uint)z, bound, factor);
            if (i + 1 < keep.Length)
                keep[i + 1] = Factor((uint)(z >> 32), bound, factor);
        }
    }

    /// <summary>The factor's bits, or 0 if the number is below the bound. Branchless: half of the branches would be mispredicted.</summary>
    private static uint Factor(uint number, uint bound, uint factor) => factor & ~(uint)(((ulong)number - bound) >> 32);
}
