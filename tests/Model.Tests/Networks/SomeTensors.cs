using Siamese.Model.Data.Images;
using TorchSharp;

namespace Siamese.Model.Tests.Networks;

/// <summary>Images and generators for tests that do not care which.</summary>
internal static class SomeTensors
{
    /// <summary>Noise from 0 to 1; each seed gives a different batch. (count, 1, 28, 28)</summary>
    public static torch.Tensor Images(int count, int seed = 1)
    {
        using var generator = new torch.Generator((ulong)seed, torch.CPU);
        return torch.rand([count, 1, 28, 28], generator: generator);
    }

    /// <summary>The same for an encoder with another input shape. (count, C, H, W)</summary>
    public static torch.Tensor Images(int count, InputShape shape, int seed = 1)
    {
        using var generator = Generator(seed);
        return torch.rand([count, shape.Channels, shape.Height, shape.Width], generator: generator);
    }

    public static float[] Floats(this torch.Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    public static torch.Generator Generator(int seed) => new((ulong)seed, torch.CPU);
}
