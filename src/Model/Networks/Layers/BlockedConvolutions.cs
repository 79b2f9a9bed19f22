using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// Convolutions whose channels are filled up with zeros to blocks of 16. For other numbers the library does so itself, but on
/// some machines (seen on an AMD EPYC of family 26) it leaves there what was in memory before: outputs and gradients of the
/// input are wrong by a fifth, or not a number. Seen with 9, 15, 30, 34, 45 and 250 channels; not with one to three channels
/// in, or with multiples of 16.
/// </summary>
internal static class BlockedConvolutions
{
    private const int Block = 16;

    /// <param name="convolution">The layer.</param>
    /// <param name="input">(B, C, T)</param>
    /// <param name="stride">The layer's.</param>
    /// <param name="padding">The layer's.</param>
    public static Tensor Blocked(this Conv1d convolution, Tensor input, long stride, long padding)
    {
        var (weight, bias) = (convolution.weight!, convolution.bias);
        return functional.conv1d(Filled(input, 1), FilledWeight(weight), bias is null ? null : Filled(bias, 0), stride, padding).narrow(1, 0, weight.shape[0]);
    }

    /// <param name="convolution">The layer, with stride 1 and without padding.</param>
    /// <param name="input">(B, C, H, W)</param>
    public static Tensor Blocked(this Conv2d convolution, Tensor input)
    {
        var (weight, bias) = (convolution.weight!, convolution.bias);
        return functional.conv2d(Filled(input, 1), FilledWeight(weight), bias is null ? null : Filled(bias, 0)).narrow(1, 0, weight.shape[0]);
    }

    private static Tensor FilledWeight(Tensor weight) => Filled(Filled(weight, 0), 1);

    private static Tensor Filled(Tensor tensor, int dimension)
    {
        var shape = tensor.shape;
        var channels = shape[dimension];
        if (channels % Block == 0)
            return tensor;
        shape[dimension] = Block - (channels % Block);
        return cat([tensor, zeros(shape, dtype: tensor.dtype, device: tensor.device)], dimension);
    }
}
