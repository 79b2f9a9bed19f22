using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks.Layers;

/// <summary>A <see cref="ResidualBlock"/> along one dimension.</summary>
internal sealed class PathBlock : Module<Tensor, Tensor>
{
    private readonly Conv1d conv1;
    private readonly BatchNorm1d bn1;
    private readonly Conv1d conv2;
    private readonly BatchNorm1d bn2;
    private readonly Sequential? downsample;

    public PathBlock(int channelsIn, int channels, int stride) : base(nameof(PathBlock))
    {
        conv1 = Conv1d(channelsIn, channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm1d(channels);
        conv2 = Conv1d(channels, channels, 3, padding: 1, bias: false);
        bn2 = BatchNorm1d(channels);
        if (stride != 1 || channelsIn != channels)
            downsample = Sequential(("0", Conv1d(channelsIn, channels, 1, stride: stride, bias: false)), ("1", BatchNorm1d(channels)));
        RegisterComponents();
    }

    /// <param name="input">(B, C', T)</param>
    /// <returns>(B, C, T / stride)</returns>
    public override Tensor forward(Tensor input)
    {
        var x = bn1.Apply(conv1.forward(input)).relu_();
        x = bn2.Apply(conv2.forward(x));
        return x.Plus(downsample is null ? input : ((BatchNorm1d)downsample[1]).Apply(((Conv1d)downsample[0]).forward(input))).relu_();
    }
}
