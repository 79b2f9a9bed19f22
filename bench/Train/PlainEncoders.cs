using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Bench.Train;

/// <summary>The encoders conv and residual for 28×28 images, as a newcomer to TorchSharp would write them. Frozen, because they are the baseline for ours.</summary>
internal static class PlainEncoders
{
    private const int Width = 32;

    /// <param name="encoder">`conv` or `residual`.</param>
    public static Module<Tensor, Tensor> Named(string encoder) => encoder == "conv" ? Conv() : Residual();

    private static Module<Tensor, Tensor> Conv() => Sequential(
        Conv2d(1, 32, 5, stride: 2, padding: 2),
        BatchNorm2d(32),
        ReLU(),
        Conv2d(32, 64, 3, stride: 2, padding: 1),
        BatchNorm2d(64),
        ReLU(),
        Conv2d(64, 64, 3, padding: 1),
        BatchNorm2d(64),
        ReLU(),
        Flatten(),
        Dropout(0.3),
        Linear(64 * 7 * 7, Width));

    private static Module<Tensor, Tensor> Residual() => Sequential(
        Conv2d(1, 32, 3, stride: 2, padding: 1, bias: false),
        BatchNorm2d(32),
        ReLU(),
        new Block(32, 32, 1),
        new Block(32, 64, 2),
        AdaptiveAvgPool2d(1),
        Flatten(),
        Linear(64, Width));

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly Sequential _path;
        private readonly Module<Tensor, Tensor> _shortcut;

        public Block(int channelsIn, int channels, int stride) : base(nameof(Block))
        {
            _path = Sequential(
                Conv2d(channelsIn, channels, 3, stride: stride, padding: 1, bias: false),
                BatchNorm2d(channels),
                ReLU(),
                Conv2d(channels, channels, 3, padding: 1, bias: false),
                BatchNorm2d(channels));
            _shortcut = stride == 1 ? Identity() : Sequential(Conv2d(channelsIn, channels, 1, stride: stride, bias: false), BatchNorm2d(channels));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => functional.relu(_path.forward(input) + _shortcut.forward(input));
    }
}
