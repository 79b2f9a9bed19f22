using static TorchSharp.torch;

namespace Siamese.Model.Tensors;

/// <summary>Which ordered pairs of a batch are *same* and which are *different*. No image is paired with itself.</summary>
/// <param name="Same">(B, B), bool; one row per anchor.</param>
/// <param name="Different">(B, B), bool</param>
internal sealed record PairMasks(Tensor Same, Tensor Different)
{
    /// <param name="labels">(B), int64: the class of each image.</param>
    public static PairMasks Of(Tensor labels)
    {
        var equal = labels.unsqueeze(0).eq(labels.unsqueeze(1)); // (B, B), bool
        return new(equal.logical_and(Itself(labels).logical_not()), equal.logical_not());
    }

    /// <summary>The same for images of which some are forgeries: a forgery is *different* from genuine images, those of its class included, and makes no pair with another one.</summary>
    /// <param name="labels">(B), int64: the class of each image.</param>
    /// <param name="forged">(B), bool</param>
    public static PairMasks Of(Tensor labels, Tensor forged)
    {
        var (first, second) = (forged.unsqueeze(0), forged.unsqueeze(1)); // (1, B), (B, 1)
        var pairs = OfRelation(Of(labels).Same.logical_and(first.logical_or(second).logical_not()));
        return pairs with { Different = pairs.Different.logical_and(first.logical_and(second).logical_not()) };
    }

    /// <param name="same">(B, B), bool, symmetric: the pairs that are *same*; false for an image and itself.</param>
    public static PairMasks OfRelation(Tensor same) => new(same, same.logical_or(Itself(same)).logical_not());

    /// <summary>Each unordered pair once.</summary>
    public PairMasks Unordered() => new(Same.triu(1), Different.triu(1));

    /// <returns>(B, B), bool</returns>
    private static Tensor Itself(Tensor batch) => eye(batch.shape[0], dtype: ScalarType.Bool);
}
