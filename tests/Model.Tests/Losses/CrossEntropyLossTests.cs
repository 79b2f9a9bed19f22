using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class CrossEntropyLossTests
{
    [Fact]
    public void The_loss_of_given_pairs_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        var first = torch.zeros(3, 2);
        var second = torch.tensor(new float[] { 1, 1, 1.5f, 1.5f, 0, 4 }, [3, 2]); // Distances 2, 3, 4
        var loss = new CrossEntropyLoss(new ManhattanDistance(), margin: 3, balance: 0.5)
            .OverPairs(first, second, torch.tensor(new[] { false, true, true }));

        // −log σ(1) for the same pair; −log σ(0) = log 2 for the different pair at the margin, −log σ(1) for the one beyond it.
        Assert.Equal((0.3132617 + 0.6931472 + 0.3132617) / 3, loss.item<float>(), 1e-5);
    }

    [Theory]
    [InlineData("manhattan")]
    [InlineData("euclidean")]
    public void A_batch_agrees_with_a_naive_double_loop(string name)
    {
        var distance = Distance.Get(name);
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var (same, different) = batch.Pairs(distance);
            var expected = 0.7 * same.Select(d => -Math.Log(Sigmoid(1.5 - d))).Average() + 0.3 * different.Select(d => -Math.Log(1 - Sigmoid(1.5 - d))).Average();

            var loss = new CrossEntropyLoss(distance, 1.5, balance: 0.3).OverBatch(batch.Embeddings(), batch.LabelTensor());

            Assert.Equal(expected, loss.item<float>(), 1e-5 * Math.Max(1, expected));
        }
    }

    [Fact]
    public void Distances_far_beyond_the_margin_cost_their_excess_and_do_not_overflow()
    {
        using var scope = torch.NewDisposeScope();
        var far = torch.full([1, 1], 1e4f, requires_grad: true);
        var loss = new CrossEntropyLoss(new ManhattanDistance(), 2, 0.5).OverPairs(torch.zeros(1, 1), far, torch.tensor(new[] { false }));
        loss.backward();

        Assert.Equal(9998, loss.item<float>(), 1e-2);
        Assert.Equal(1, far.grad!.item<float>(), 1e-5);
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
