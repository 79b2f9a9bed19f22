using Siamese.Model.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Siamese.Model.Networks.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, ICML 2015). The library's own `forward` counts batches with a scalar that may be
/// freed while it is read (see <see cref="TensorArithmetic"/>), so it is banned in this project.
/// </summary>
internal static class BatchNorms
{
    /// <summary>Normalises maps by the statistics of the batch in training, and by the running ones otherwise.</summary>
    /// <param name="norm">The layer.</param>
    /// <param name="maps">(B, C, H, W), or (B, C, T)</param>
    /// <returns>The same shape.</returns>
    public static Tensor Apply(this BatchNorm norm, Tensor maps)
    {
        if (norm.training)
            norm.num_batches_tracked!.Increment();
        return functional.batch_norm(maps, norm.running_mean, norm.running_var, norm.weight, norm.bias, norm.training, norm.momentum ?? 0.1, norm.eps);
    }
}
