using Siamese.Contracts.Tuning;
using Siamese.Model.Tensors;
using static TorchSharp.torch;

namespace Siamese.Model.Augmentations;

/// <summary>
/// Covers a random rectangle of half of the images with a random shade (Zhong et al., "Random Erasing Data Augmentation", AAAI
/// 2020), so that an encoder does not rely on one place. A side of the rectangle is at most twice the other one, as shares of
/// the image's sides.
/// </summary>
/// <param name="share">Largest share of the image's area that is covered.</param>
public sealed class Erasing(double share) : InputChange
{
    /// <summary>The change of a trial; null if it makes none.</summary>
    public static InputChange? From(Hyperparameters h) => h.Erasing > 0 ? new Erasing(h.Erasing.Value) : null;

    public override Tensor Apply(Tensor items, Generator generator)
    {
        var draws = Draw(6, items.shape[0], generator).view(6, -1, 1, 1, 1); // (6, B, 1, 1, 1)
        var side = draws[0].abs().Times(share).sqrt(); // (B, 1, 1, 1): of a square of this share
        var ratio = draws[1].Times(Math.Log(2) / 2).exp();
        var covered = Covers(items.shape[2], draws[2], side * ratio).view(items.shape[0], 1, -1, 1)
            & Covers(items.shape[3], draws[3], side / ratio).view(items.shape[0], 1, 1, -1)
            & draws[4].IsAbove(0); // (B, 1, H, W)
        return where(covered, draws[5].Plus(1).Times(0.5), items);
    }

    /// <summary>The pixels of a side whose centre is in a stretch of it.</summary>
    /// <param name="pixels">Number of pixels of the side.</param>
    /// <param name="centre">Centre of the stretch, −1 to 1. (B, 1, 1, 1)</param>
    /// <param name="length">Length of the stretch, as a share of the side. (B, 1, 1, 1)</param>
    /// <returns>(B, 1, 1, pixels)</returns>
    private static Tensor Covers(long pixels, Tensor centre, Tensor length)
    {
        var places = tensor(Enumerable.Range(0, (int)pixels).Select(i => (float)(((2 * i) + 1.0) / pixels - 1)).ToArray()); // −1 to 1
        return (places - centre).abs() < length;
    }
}
