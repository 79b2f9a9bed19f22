using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>log(1 + eˣ), what several losses end in.</summary>
internal static class Softplus
{
    /// <summary>Any shape, elementwise; neither overflows nor loses what is small: max(x, 0) + log(1 + e^−|x|).</summary>
    public static torch.Tensor Of(torch.Tensor x) => x.AtLeast(0).Plus(x.abs().neg().exp().log1p());
}
