using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Ensembles;

/// <summary>
/// How likely an image's pixels are under a normal distribution fitted to training images. A few directions have their own
/// variance and all others share one: probabilistic principal components, Tipping and Bishop 1999.
/// </summary>
/// <param name="Mean">(784), in units of a pixel, 0 to 255.</param>
/// <param name="Components">(Q, 784), row by row: the directions, each of length 1.</param>
/// <param name="Variances">(Q): the variance along each direction.</param>
/// <param name="Noise">Variance along every other direction.</param>
public sealed record PixelDensity(float[] Mean, float[] Components, float[] Variances, float Noise)
{
    /// <summary>Share of the total variance in the directions with their own variance.</summary>
    private const double Explained = 0.9;

    /// <summary>Smallest variance, that of rounding pixels to whole numbers.</summary>
    private const double Rounding = 1.0 / 12;

    /// <summary>Fits the distribution. Takes about a second on the calling thread.</summary>
    /// <param name="pixels">(N, 28, 28), row by row, 0 to 255; at least one image.</param>
    public static PixelDensity Fit(byte[] pixels)
    {
        var width = Appearances.Shape.Bytes;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var images = tensor(pixels, [pixels.Length / width, width], ScalarType.Byte).to_type(ScalarType.Float64); // (N, 784)
        var mean = images.mean([0L]);
        var centred = images - mean;
        var (values, vectors) = linalg.eigh(centred.t().mm(centred)); // values ascending; vectors in columns
        var variances = Array.ConvertAll(values.flip(0).data<double>().ToArray(), value => value / images.shape[0]);

        var total = variances.Sum();
        var own = 1;
        for (var explained = variances[0]; explained < Explained * total && own < width - 1; own++)
            explained += variances[own];
        return new PixelDensity(
            mean.to_type(ScalarType.Float32).data<float>().ToArray(),
            vectors.flip(1).narrow(1, 0, own).t().contiguous().to_type(ScalarType.Float32).data<float>().ToArray(), // (Q, 784)
            [.. variances.Take(own).Select(variance => (float)Math.Max(variance, Rounding))],
            (float)Math.Max(variances.Skip(own).Average(), Rounding));
    }

    /// <summary>The squared distance from the mean, in units of the variance along each direction: the larger, the less likely.</summary>
    /// <param name="image">28·28 bytes.</param>
    public float Distance(ReadOnlySpan<byte> image)
    {
        var centred = new float[Mean.Length];
        for (var i = 0; i < centred.Length; i++)
            centred[i] = image[i] - Mean[i];
        var (along, rest) = (0.0, (double)TensorPrimitives.SumOfSquares<float>(centred));
        for (var q = 0; q < Variances.Length; q++)
        {
            double part = TensorPrimitives.Dot(centred, Components.AsSpan(q * centred.Length, centred.Length));
            along += part * part / Variances[q];
            rest -= part * part;
        }

        return (float)(along + (Math.Max(0, rest) / Noise));
    }
}
