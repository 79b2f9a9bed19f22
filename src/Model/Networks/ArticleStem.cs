using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Siamese.Model.Networks;

/// <summary>
/// The article's network up to its linear layers (convolution, ReLU, local response normalisation, max-pool, dropout of
/// channels) in one function. The library goes through 6.5 MB of feature maps some twenty times for a batch of 128 images; here the
/// convolution is one matrix product over patches, whose input needs no gradient, and the rest is one pass that keeps an
/// image's feature map in cache. <see cref="ArticleEncoder.ForwardByLayers"/> is the same, layer by layer.
/// </summary>
internal sealed class ArticleStem : autograd.SingleTensorFunction<ArticleStem>
{
    public override string Name => nameof(ArticleStem);

    /// <param name="images">(B, 1, 28, 28)</param>
    /// <param name="weight">(128, 1, 5, 5)</param>
    /// <param name="bias">(128)</param>
    /// <param name="keep">(B, 128, 1, 1), what to multiply each channel by; null leaves them as they are.</param>
    /// <returns>(B, 2048), in the order of (B, 128, 4, 4).</returns>
    public static Tensor Apply(Tensor images, Tensor weight, Tensor bias, Tensor? keep)
    {
        if (is_grad_enabled())
            return apply(images, weight, bias, keep!);
        using var scope = NewDisposeScope();
        return Forward(images, weight, bias, keep).Pooled.MoveToOuterDisposeScope();
    }

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var scope = NewDisposeScope();
        var keep = vars[3] as Tensor;
        var maps = Forward((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2], keep);
        var saved = new List<Tensor> { maps.Patches, maps.Rectified, maps.Roots, maps.Winners };
        if (keep is not null)
            saved.Add(keep);
        saved.ForEach(tensor => tensor.MoveToOuterDisposeScope());
        ctx.save_for_backward(saved);
        return maps.Pooled.MoveToOuterDisposeScope();
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var rectified = saved[1];
        var gradient = empty_like(rectified); // (B·100, 128)
        ResponseNormPool.Backward(
            Floats(rectified), Floats(saved[2]), saved[3].bytes, saved.Count > 4 ? Floats(saved[4]) : [], Floats(grad_output.contiguous()), Floats(gradient));
        var weights = TransposedProduct(gradient, saved[0]); // (128, 32)
        var weight = weights.slice(1, 0, Patches.BiasColumn, 1).reshape(-1, 1, Patches.Kernel, Patches.Kernel); // (128, 1, 5, 5)
        var bias = weights.select(1, Patches.BiasColumn).contiguous(); // (128)
        return [null!, weight.MoveToOuterDisposeScope(), bias.MoveToOuterDisposeScope(), null!];
    }

    private static (Tensor Pooled, Tensor Patches, Tensor Rectified, Tensor Roots, Tensor Winners) Forward(
        Tensor images, Tensor weight, Tensor bias, Tensor? keep)
    {
        var count = images.shape[0];
        var patches = Patches.Cut(images); // (B·100, 26)
        var filler = zeros(ResponseNormPool.Channels, Patches.Columns - Patches.BiasColumn - 1);
        var weights = cat([weight.view(ResponseNormPool.Channels, Patches.BiasColumn), bias.unsqueeze(1), filler], 1); // (128, 32)
        var maps = TransposedProduct(patches.t().contiguous(), weights.t().contiguous()); // (B·100, 128)
        var roots = empty_like(maps); // (B·100, 128)
        var winners = empty(count, ResponseNormPool.Pooled, dtype: ScalarType.Byte); // (B, 2048)
        var pooled = empty(count, ResponseNormPool.Pooled); // (B, 2048)
        ResponseNormPool.Forward(Floats(maps), keep is null ? [] : Floats(keep), Floats(roots), winners.bytes, Floats(pooled));
        return (pooled, patches, maps, roots, winners);
    }

    /// <summary>Aᵀ·B.</summary>
    private static Tensor TransposedProduct(Tensor a, Tensor b)
    {
        if (!WideProduct.IsFast)
            return a.t().mm(b);
        var product = zeros(a.shape[1], b.shape[1]);
        WideProduct.AddTransposed(Floats(a), Floats(b), Floats(product), (int)a.shape[1], (int)b.shape[1]);
        return product;
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
