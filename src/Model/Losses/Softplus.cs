using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>log(1 + eˣ), the last step of several losses.</summary>
internal static class Softplus
{
    /// <summary>Any shape, elementwise. Computed as max(x, 0) + log(1 + e^−|x|), which neither overflows nor loses small values.</summary>
    public static torch.Tensor Of(torch.Tensor x) => x.AtLeast(0).Plus(x.abs().neg().exp().log1p());
}
