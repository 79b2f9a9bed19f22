using System.Runtime.InteropServices;
using Siamese.Model.Networks.Layers;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// The article's network up to its linear layers (convolution, ReLU, local response normalisation, max-pool, dropout of
/// channels) in one function. Forward and backward for 128 images take about 4 ms of a core; the library's layers take
/// some 57 (summed over the parts, not measured as a whole; `bench -- train` measures whole steps). The layers pass over
/// 6.5 MB of feature maps some twenty times. Here the map of an image stays in cache from its convolution, a matrix product
/// over patches, to its pool. <see cref="ArticleEncoder.ByLayers"/> computes the same layer by layer.
/// </summary>
/// <remarks>Images get no gradient, and second derivatives are not supported.</remarks>
internal sealed class ArticleStem : autograd.SingleTensorFunction<ArticleStem>
{
    private const string Kept = nameof(StemMaps);

    public override string Name => nameof(ArticleStem);

    /// <param name="images">(B, 1, 28, 28)</param>
    /// <param name="weight">(128, 1, 5, 5)</param>
    /// <param name="bias">(128)</param>
    /// <param name="keep">(B, 128, 1, 1), the factor of each channel; null leaves channels unchanged.</param>
    /// <returns>(B, 2048), in the order of (B, 128, 4, 4).</returns>
    public static Tensor Apply(Tensor images, Tensor weight, Tensor bias, Tensor? keep)
    {
        if (is_grad_enabled() && weight.requires_grad)
            return apply(images, weight, bias, keep!);
        using var scope = NewDisposeScope();
        return Forward(images, weight, bias, keep, maps: null).MoveToOuterDisposeScope();
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var (images, keep) = (((Tensor)vars[0]).contiguous(), vars[3] as Tensor);
        var maps = new StemMaps((int)images.shape[0]);
        ctx.save_data(Kept, maps);
        ctx.save_for_backward(keep is null ? [images] : [images, keep]);
        images.MoveToOuterDisposeScope();
        return Forward(images, (Tensor)vars[1], (Tensor)vars[2], keep, maps).MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        using var maps = (StemMaps)ctx.get_data(Kept);
        var saved = ctx.get_saved_variables();
        var images = Floats(saved[0]);
        var keep = saved.Count > 1 ? Floats(saved[1]) : [];
        var pooled = Floats(grad_output.contiguous());
        var weights = zeros(ResponseNormPool.Channels, Patches.Columns); // (128, 32)
        var patches = new Patches();
        var pass = new ResponseNormPool();
        for (var image = 0; image < saved[0].shape[0]; image++)
        {
            var gradient = pass.Backward(
                maps.Rectified(image), maps.Roots(image), maps.Winners(image), Factors(keep, image), pooled.Slice(image * ResponseNormPool.Pooled, ResponseNormPool.Pooled));
            WideProduct.AddTransposed(gradient, patches.ByPixel(images, image), Floats(weights), ResponseNormPool.Channels, Patches.Columns);
        }

        var weight = weights.slice(1, 0, Patches.BiasColumn, 1).reshape(-1, 1, Patches.Kernel, Patches.Kernel); // (128, 1, 5, 5)
        var bias = weights.select(1, Patches.BiasColumn).contiguous(); // (128)
        return [null!, weight.MoveToOuterDisposeScope(), bias.MoveToOuterDisposeScope(), null!];
    }

    // Maps stores what the backward pass needs; null if there is no backward pass.
    private static Tensor Forward(Tensor images, Tensor weight, Tensor bias, Tensor? keep, StemMaps? maps)
    {
        var count = (int)images.shape[0];
        var pixels = Floats(images.contiguous());
        var weights = cat([weight.view(ResponseNormPool.Channels, Patches.BiasColumn), bias.unsqueeze(1)], 1).t().contiguous(); // (26, 128)
        var pooled = empty(count, ResponseNormPool.Pooled); // (B, 2048)
        var patches = new Patches();
        var pass = new ResponseNormPool();
        using var scratch = maps is null ? new StemMaps(1) : null;
        for (var image = 0; image < count; image++)
        {
            var (into, at) = maps is null ? (scratch!, 0) : (maps, image);
            var map = into.Rectified(at);
            map.Clear();
            WideProduct.AddTransposed(patches.ByTap(pixels, image), Floats(weights), map, Patches.Count, ResponseNormPool.Channels);
            var factors = keep is null ? [] : Factors(Floats(keep), image);
            pass.Forward(map, factors, into.Roots(at), into.Winners(at), Floats(pooled).Slice(image * ResponseNormPool.Pooled, ResponseNormPool.Pooled));
        }

        return pooled;
    }

    private static ReadOnlySpan<float> Factors(ReadOnlySpan<float> keep, int image) =>
        keep.IsEmpty ? keep : keep.Slice(image * ResponseNormPool.Channels, ResponseNormPool.Channels);

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
