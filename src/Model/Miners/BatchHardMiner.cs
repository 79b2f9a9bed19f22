using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>
/// For each anchor, the farthest image of its class and the nearest *different* image. Hermans, Beyer, Leibe, "In
/// Defense of the Triplet Loss for Person Re-Identification", 2017.
/// </summary>
public sealed class BatchHardMiner : Miner
{
    public override string Name => "batch-hard";

    private protected override Triplets Mine(torch.Tensor d, torch.Tensor same, torch.Tensor different)
    {
        var anchors = same.any(1).logical_and(different.any(1)).nonzero().squeeze(1); // (T)
        var positives = Where(same, d, -Beyond).argmax(1); // (B)
        var negatives = Where(different, d, Beyond).argmin(1); // (B)
        return new Triplets(anchors, positives.index_select(0, anchors), negatives.index_select(0, anchors));
    }
}
