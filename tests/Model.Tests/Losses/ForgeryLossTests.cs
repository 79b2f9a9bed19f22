using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

/// <summary>Two genuine images and two forgeries of a class, and a genuine image and a forgery of another.</summary>
public sealed class ForgeryLossTests
{
    private static readonly long[] _labels = [0, 0, 0, 0, 1, 1];

    private static readonly bool[] _forged = [false, false, true, true, false, true];

    private static readonly float[] _places = [0, 1, 3, 4, 6, 7.5f];

    [Fact]
    public void Forgeries_are_different_from_genuine_images_and_make_no_pairs_with_one_another()
    {
        var pairs = Pairs();

        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
            {
                var (same, different) = (pairs.Same[i, j].item<bool>(), pairs.Different[i, j].item<bool>());
                Assert.Equal(i != j && i < 2 && j < 2, same);
                Assert.Equal(i != j && !same && !(_forged[i] && _forged[j]), different);
            }
        }
    }

    [Fact]
    public void Without_forgeries_the_pairs_are_those_of_the_classes()
    {
        var labels = torch.tensor(_labels);
        var (pairs, expected) = (PairMasks.Of(labels, torch.zeros(6, dtype: torch.ScalarType.Bool)), PairMasks.Of(labels));

        Assert.Equal(expected.Same.data<bool>().ToArray(), pairs.Same.data<bool>().ToArray());
        Assert.Equal(expected.Different.data<bool>().ToArray(), pairs.Different.data<bool>().ToArray());
    }

    [Fact]
    public void A_loss_on_pairs_counts_the_pairs_with_a_genuine_image()
    {
        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 5, balance: 0.5).OverBatch(Embeddings(), Pairs());

        // The only same pair is 1 apart. The different ones with a loss are 2, 3, 3, 4 (class 0), 1.5 (class 1), 3 and 2 apart (of two classes).
        var different = new[] { 2, 3, 3, 4, 1.5, 3, 2 }.Average(d => (5 - d) * (5 - d));
        Assert.Equal(0.5 * (1 + different), loss.item<float>(), 1e-4);
    }

    [Fact]
    public void A_mined_triplet_has_a_genuine_anchor_and_its_nearest_negative_may_be_a_forgery()
    {
        var loss = new TripletMarginLoss(new EuclideanDistance(), margin: 4, new BatchHardMiner()).OverBatch(Embeddings(), Pairs());

        // Anchors 0 and 1 have each other at 1; their nearest negative is the forgery at 3. No other image has a positive.
        Assert.Equal(((1 - 3 + 4) + (1 - 2 + 4)) / 2.0, loss.item<float>(), 1e-4);
    }

    private static PairMasks Pairs() => PairMasks.Of(torch.tensor(_labels), torch.tensor(_forged));

    private static torch.Tensor Embeddings() => torch.tensor(_places, [6, 1]);
}
