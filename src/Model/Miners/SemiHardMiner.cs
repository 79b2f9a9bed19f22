using TorchSharp;

namespace Siamese.Model.Miners;

/// <summary>
/// For each pair of an anchor and a positive, the nearest negative that is farther from the anchor than the positive; if
/// all negatives are nearer, the farthest of them. Schroff, Kalenichenko, Philbin, "FaceNet", CVPR 2015.
/// </summary>
public sealed class SemiHardMiner : Miner
{
    public override string Name => "semi-hard";

    private protected override Triplets Mine(torch.Tensor d, torch.Tensor same, torch.Tensor different)
    {
        var pairs = same.logical_and(different.any(1, keepdim: true)).nonzero(); // (T, 2)
        var (anchors, positives) = (pairs.select(1, 0), pairs.select(1, 1)); // (T), (T)
        var toAll = d.index_select(0, anchors); // (T, B)
        var toPositive = toAll.gather(1, positives.unsqueeze(1)); // (T, 1)
        var others = different.index_select(0, anchors); // (T, B), bool
        var farther = others.logical_and(toAll.gt(toPositive)); // (T, B), bool
        var nearestFarther = Where(farther, toAll, Beyond).argmin(1); // (T)
        var farthest = Where(others, toAll, -Beyond).argmax(1); // (T)
        return new Triplets(anchors, positives, torch.where(farther.any(1), nearestFarther, farthest));
    }
}
