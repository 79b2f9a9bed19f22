using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class ExponentialLossTests
{
    [Fact]
    public void The_loss_of_given_pairs_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        var second = torch.tensor(new float[] { 3, 0, 4 }, [3, 1]);
        var loss = new ExponentialLoss(new ManhattanDistance(), q: 4, balance: 0.5)
            .OverPairs(torch.zeros(3, 1), second, torch.tensor(new[] { false, true, true }));

        // 2/4·3² for the same pair; 2·4 for the different pair at 0, 8·e^−2.77 for the one at Q.
        Assert.Equal((4.5 + 8 + (8 * 0.0626620)) / 3, loss.item<float>(), 1e-4);
    }

    [Fact]
    public void A_batch_agrees_with_a_naive_double_loop()
    {
        var distance = new ManhattanDistance();
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var (same, different) = batch.Pairs(distance);
            var expected = 0.5 * same.Select(d => 2 / 6.0 * d * d).Average() + 0.5 * different.Select(d => 12 * Math.Exp(-2.77 / 6 * d)).Average();

            var loss = new ExponentialLoss(distance, q: 6, balance: 0.5).OverBatch(batch.Embeddings(), batch.LabelTensor());

            Assert.Equal(expected, loss.item<float>(), 1e-5 * expected);
        }
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(double.NaN)]
    public void Q_must_be_above_0(double q) => Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialLoss(new ManhattanDistance(), q, 0.5));
}
