using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// A convolution and the batch normalisation after it, folded into one convolution. After training, the norm of each channel
/// is y = (x − µ)·γ/√(σ² + ε) + β with constant numbers. The folded weights are w·γ/√(σ² + ε), the bias is
/// (b − µ)·γ/√(σ² + ε) + β.
/// </summary>
internal sealed class FoldedConv
{
    private readonly long[] _strides;
    private readonly long[] _padding;
    private readonly long[] _dilation;
    private readonly Tensor _weight;
    private readonly Tensor _bias;

    /// <param name="convolution">With bias, zero padding and one group.</param>
    /// <param name="norm">With weight, bias and running statistics.</param>
    public FoldedConv(Conv2d convolution, BatchNorm2d norm)
    {
        (_strides, _padding, _dilation) = (convolution.stride, convolution.padding!, convolution.dilation);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        // Double precision, so that only the result is rounded to float.
        var scale = norm.weight!.to(float64) / norm.running_var!.to(float64).Plus(norm.eps).sqrt(); // (C)
        var weight = convolution.weight.to(float64) * scale.view(-1, 1, 1, 1); // (C, C', K, K)
        var bias = ((convolution.bias!.to(float64) - norm.running_mean!.to(float64)) * scale).Plus(norm.bias!.to(float64)); // (C)
        _weight = weight.to(float32).DetachFromDisposeScope();
        _bias = bias.to(float32).DetachFromDisposeScope();
    }

    public Tensor Forward(Tensor input) => nn.functional.conv2d(input, _weight, _bias, _strides, _padding, _dilation);
}
