using static TorchSharp.torch;

namespace Siamese.Model.Evaluation;

/// <summary>
/// Places of vectors along the axes of their largest variance: Pearson, "On lines and planes of closest fit to systems of
/// points in space", 1901.
/// </summary>
public static class PrincipalComponents
{
    /// <summary>The first two components. Each axis points to where its largest coefficient is positive, so that the same vectors have the same places.</summary>
    /// <param name="vectors">(N, D), row by row.</param>
    /// <param name="width">D, from 2.</param>
    /// <returns>(N, 2), row by row, and the share of the variance along both axes.</returns>
    /// <exception cref="ArgumentException">The vectors are not at least two whole rows.</exception>
    public static (float[] Places, double[] Explained) Of(float[] vectors, int width)
    {
        if (width < 2 || vectors.Length < 2 * width || vectors.Length % width != 0)
            throw new ArgumentException($"{vectors.Length} numbers are not two or more rows of {width}, which must be two or more.", nameof(vectors));
        using var scope = NewDisposeScope();
        var rows = tensor(vectors).reshape(-1, width).to(ScalarType.Float64); // (N, D)
        var centred = rows - rows.mean([0], keepdim: true);
        var (_, lengths, axes) = linalg.svd(centred, fullMatrices: false); // (K), (K, D)
        var first = axes.narrow(0, 0, 2); // (2, D)
        var largest = first.gather(1, first.abs().argmax(1, keepdim: true)); // (2, 1)
        var places = centred.matmul((first * largest.sign()).t()); // (N, 2)
        var variances = Array.ConvertAll(lengths.data<double>().ToArray(), length => length * length);
        var all = Math.Max(double.Epsilon, variances.Sum());
        return (places.to(ScalarType.Float32).contiguous().data<float>().ToArray(), [variances[0] / all, variances[1] / all]);
    }

    /// <summary>For each vector, the row of the nearest one that has another key.</summary>
    /// <param name="vectors">(N, D), row by row.</param>
    /// <param name="width">D.</param>
    /// <param name="keys">N numbers.</param>
    /// <exception cref="ArgumentException">All keys are the same, or there is not one for each row.</exception>
    public static int[] NearestOthers(float[] vectors, int width, int[] keys)
    {
        if (keys.Length * width != vectors.Length || keys.Distinct().Count() < 2)
            throw new ArgumentException("There must be a key for each row, and two different ones.", nameof(keys));
        using var scope = NewDisposeScope();
        var rows = tensor(vectors).reshape(-1, width);
        var key = tensor(keys);
        var distances = where(key.unsqueeze(0).eq(key.unsqueeze(1)), tensor(float.PositiveInfinity), cdist(rows, rows)); // (N, N)
        return Array.ConvertAll(distances.argmin(1).data<long>().ToArray(), row => (int)row);
    }
}
