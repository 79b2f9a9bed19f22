using Siamese.Model.Tensors;
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
        return rand(shape, generator: Generator).IsAtLeast(probability).to(float32).DividedBy(1 - probability);
    }
}
