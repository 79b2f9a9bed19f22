using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Bench.Train;

/// <summary>The article's network as a newcomer to TorchSharp would write it. Frozen, because it is the baseline for ours.</summary>
internal sealed class NaiveSiamese : Module<Tensor, Tensor>
{
    private readonly Sequential _cnn = Sequential(
        Conv2d(1, 128, 5, stride: 3, padding: 2),
        ReLU(inplace: true),
        LocalResponseNorm(5, alpha: 0.001, beta: 0.75, k: 2),
        MaxPool2d(4, stride: 2),
        Dropout2d(0.5));

    private readonly Sequential _fc = Sequential(
        Linear(2048, 512),
        ReLU(inplace: true),
        Dropout(0.5),
        Linear(512, 128),
        ReLU(inplace: true),
        Linear(128, 2));

    public NaiveSiamese() : base(nameof(NaiveSiamese)) => RegisterComponents();

    public override Tensor forward(Tensor input) => _fc.forward(_cnn.forward(input).flatten(1));
}
