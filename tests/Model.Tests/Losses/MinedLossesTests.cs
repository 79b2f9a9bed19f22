using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Miners;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

/// <summary>Losses over mined triplets, computed by hand for images on a line.</summary>
public sealed class MinedLossesTests
{
    [Fact]
    public void A_triplet_loss_is_the_mean_over_the_mined_triplets_that_violate_the_margin()
    {
        using var scope = torch.NewDisposeScope();
        var loss = new TripletMarginLoss(new EuclideanDistance(), margin: 1, new BatchHardMiner()).OverBatch(Line(0, 1, 5, 2, 9), Labels(0, 0, 0, 1, 1));
        // d(a, p) − d(a, n) + 1 of (0, 5, 2), (1, 5, 2), (5, 0, 2), (2, 9, 1), (9, 2, 5): 4, 4, 3, 7, 4.
        Assert.Equal(22 / 5.0, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void A_contrastive_loss_uses_the_pairs_of_the_mined_triplets()
    {
        using var scope = torch.NewDisposeScope();
        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 2, balance: 0.25, new BatchHardMiner()).OverBatch(Line(0, 1, 5, 2, 9), Labels(0, 0, 0, 1, 1));
        // Same: 5², 4², 5², 7², 7². Different: 2, 1, 3, 1, 4: those inside the margin of 2 cost 1² each.
        Assert.Equal((0.75 * (25 + 16 + 25 + 49 + 49) / 5) + (0.25 * 1), loss.item<float>(), 1e-4);
    }

    private static torch.Tensor Line(params float[] places) => torch.tensor(places, [places.Length, 1]);

    private static torch.Tensor Labels(params long[] labels) => torch.tensor(labels);
}
