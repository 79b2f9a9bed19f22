using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Losses;

/// <summary>
/// The two distances of a triplet go through a softmax, whose squared error to (0, 1) is the loss: 2·(e^p / (e^p + e^n))² for
/// the distances p to the image of the same class and n to the other one. Hoffer and Ailon, "Deep Metric Learning Using Triplet
/// Network", SIMBAD 2015. There is no margin: what counts is by how much n exceeds p.
/// </summary>
public sealed class SoftmaxRatioLoss : TripletLoss
{
    /// <summary>What users choose.</summary>
    public static LossKind Kind => LossKind.OnTriplets("softmax-ratio", "euclidean", (_, distance, miner) => new SoftmaxRatioLoss(distance, miner));

    /// <param name="distance">The distance d.</param>
    /// <param name="miner">Chooses among the triplets of a batch; null takes all of them.</param>
    public SoftmaxRatioLoss(Distance distance, Miner? miner = null) : base(distance, miner) { }

    private protected override torch.Tensor Of(torch.Tensor toPositive, torch.Tensor toNegative) => (toPositive - toNegative).sigmoid().Squared().Times(2d);
}
