using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Changes brightness and contrast at random, and the saturation of colours (Krizhevsky, Sutskever, Hinton, NIPS 2012, changed
/// colours for the first time). The result is clamped to 0..1.
/// </summary>
/// <param name="strength">Factors are drawn from 1 − strength to 1 + strength.</param>
public sealed class ColourJitter(double strength) : InputChange
{
    /// <summary>Weights of red, green and blue in the grey value by Rec. 601.</summary>
    private static readonly float[] _luminance = [0.299f, 0.587f, 0.114f];

    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Jitter > 0 ? new ColourJitter(h.Jitter.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var factors = Draw(3, items.shape[0], generator).Times(strength).Plus(1).view(3, -1, 1, 1, 1); // (3, B, 1, 1, 1)
        var x = (items * factors[0]).AtMost(1); // (B, C, H, W)
        var grey = Grey(x); // (B, 1, H, W)
        x = Blend(grey.mean([1, 2, 3], keepdim: true), x, factors[1]);
        return x.shape[1] == 1 ? x : Blend(Grey(x), x, factors[2]);
    }

    /// <summary>Moves images away from a base, or towards it if the factor is below 1.</summary>
    private static Tensor Blend(Tensor from, Tensor items, Tensor factor) => from.Plus((items - from) * factor).AtLeast(0).AtMost(1);

    private static Tensor Grey(Tensor items) =>
        items.shape[1] == 1 ? items : (items * tensor(_luminance).view(1, -1, 1, 1)).sum(1, keepdim: true);
}
