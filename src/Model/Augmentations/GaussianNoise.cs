using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>Adds normal noise to every pixel, to each image as much as is drawn for it; what leaves black to white is cut off.</summary>
/// <param name="deviation">Standard deviation of the strongest, black to white being 1.</param>
public sealed class GaussianNoise(double deviation) : ImageChange
{
    public override Tensor Apply(Tensor images, Generator generator)
    {
        var strength = Draw(1, images.shape[0], generator).abs().Times(deviation).view(-1, 1, 1, 1); // (B, 1, 1, 1)
        return images.Plus(randn(images.shape, generator: generator) * strength).AtLeast(0).AtMost(1);
    }
}
