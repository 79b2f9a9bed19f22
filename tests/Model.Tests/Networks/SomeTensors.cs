using Siamese.Model.Data.Images;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Data.Vectors;
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
    public static torch.Tensor Images(int count, ImageShape shape, int seed = 1)
    {
        using var generator = Generator(seed);
        return torch.rand([count, shape.Channels, shape.Height, shape.Width], generator: generator);
    }

    /// <summary>A pen that wanders at random, in even steps of time. (count, T, 5)</summary>
    public static torch.Tensor Strokes(int count, StrokeShape shape, int seed = 1)
    {
        using var generator = Generator(seed);
        var place = torch.randn([count, shape.Points, 2], generator: generator).cumsum(1) * 0.05;
        var time = torch.linspace(0, 1, shape.Points).reshape(1, -1, 1).expand(count, -1, 1);
        var pen = torch.rand([count, shape.Points, 1], generator: generator);
        return torch.cat([place, time, (pen - 0.2).sign(), pen], 2);
    }

    /// <summary>Normal noise. (count, D)</summary>
    public static torch.Tensor Vectors(int count, VectorShape shape, int seed = 1)
    {
        using var generator = Generator(seed);
        return torch.randn([count, shape.Width], generator: generator);
    }

    /// <summary>Images, strokes or vectors, whatever the shape is.</summary>
    public static torch.Tensor Items(int count, InputShape shape, int seed = 1) => shape switch
    {
        StrokeShape strokes => Strokes(count, strokes, seed),
        VectorShape vectors => Vectors(count, vectors, seed),
        _ => Images(count, (ImageShape)shape, seed),
    };

    public static float[] Floats(this torch.Tensor tensor) => tensor.contiguous().data<float>().ToArray();

    public static torch.Generator Generator(int seed) => new((ulong)seed, torch.CPU);
}
