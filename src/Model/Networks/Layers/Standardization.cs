using System.Runtime.InteropServices;
using Siamese.Model.Data.Images;
using static TorchSharp.torch;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// Centres each number of a vector, and scales it to a standard deviation of 1. Mean and scale are those of the training vectors,
/// fitted once before training, and are stored with the weights. A number that is always the same becomes 0.
/// </summary>
internal sealed class Standardization : nn.Module<Tensor, Tensor>
{
    /// <summary>A deviation below this share of the largest number is rounding.</summary>
    private const double Smallest = 1e-6;

    private readonly Tensor mean; // (D)
    private readonly Tensor scale; // (D)

    /// <param name="width">D.</param>
    public Standardization(int width) : base(nameof(Standardization))
    {
        mean = zeros(width).DetachFromDisposeScope();
        scale = ones(width).DetachFromDisposeScope();
        register_buffer(nameof(mean), mean);
        register_buffer(nameof(scale), scale);
    }

    /// <summary>Fits mean and scale to vectors.</summary>
    public void Fit(ImageSet vectors)
    {
        var values = MemoryMarshal.Cast<byte, float>(vectors.Pixels);
        var (means, squares, largest) = (new double[mean.shape[0]], new double[mean.shape[0]], new double[mean.shape[0]]);
        for (var i = 0; i < values.Length; i++)
        {
            means[i % means.Length] += values[i] / (double)vectors.Count;
            largest[i % means.Length] = Math.Max(largest[i % means.Length], Math.Abs(values[i]));
        }

        for (var i = 0; i < values.Length; i++)
            squares[i % means.Length] += Math.Pow(values[i] - means[i % means.Length], 2) / vectors.Count;
        var scales = squares.Select((square, i) => Math.Sqrt(square) is var deviation && deviation > Smallest * largest[i] ? (float)(1 / deviation) : 0);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        mean.copy_(tensor(Array.ConvertAll(means, number => (float)number)));
        scale.copy_(tensor(scales.ToArray()));
    }

    /// <param name="input">(B, D)</param>
    /// <returns>(B, D)</returns>
    public override Tensor forward(Tensor input) => (input - mean) * scale;
}
