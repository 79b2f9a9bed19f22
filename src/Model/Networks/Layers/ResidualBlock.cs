using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks.Layers;

/// <summary>Two convolutions whose output is added to the input (He et al., CVPR 2016, figure 2); the input is downsampled if sizes differ.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? downsample;

    public ResidualBlock(int channelsIn, int channels, int stride) : base(nameof(ResidualBlock))
    {
        conv1 = Conv2d(channelsIn, channels, 3, stride: stride, padding: 1, bias: false);
        bn1 = BatchNorm2d(channels);
        conv2 = Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = BatchNorm2d(channels);
        if (stride != 1 || channelsIn != channels)
            downsample = Sequential(("0", Conv2d(channelsIn, channels, 1, stride: stride, bias: false)), ("1", BatchNorm2d(channels)));
        RegisterComponents();
    }

    /// <param name="input">(B, C', H, W)</param>
    /// <returns>(B, C, H / stride, W / stride)</returns>
    public override Tensor forward(Tensor input)
    {
        var x = bn1.Apply(conv1.forward(input)).relu_();
        x = bn2.Apply(conv2.forward(x));
        return x.Plus(downsample is null ? input : ((BatchNorm2d)downsample[1]).Apply(((Conv2d)downsample[0]).forward(input))).relu_();
    }
}
