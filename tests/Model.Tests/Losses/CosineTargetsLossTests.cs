using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class CosineTargetsLossTests
{
    [Fact]
    public void Pairs_cost_the_squared_difference_of_their_cosine_from_its_target()
    {
        using var scope = torch.NewDisposeScope();
        var first = torch.tensor(new float[] { 1, 0, 1, 0, 1, 1 }, [3, 2]);
        var second = torch.tensor(new float[] { 3, 0, 0, 2, -2, -2 }, [3, 2]); // Cosines 1, 0 and −1.
        var different = torch.tensor(new[] { false, true, true });

        Assert.Equal((0 + 1 + 0) / 3.0, Loss(same: 1, other: -1), 1e-5);
        Assert.Equal(((0.1 * 0.1) + (0.9 * 0.9) + (0.1 * 0.1)) / 3, Loss(same: 0.9, other: -0.9), 1e-5);

        double Loss(double same, double other) => new CosineTargetsLoss(new CosineDistance(), same, other, balance: 0.5).OverPairs(first, second, different).item<float>();
    }

    [Fact]
    public void A_batch_agrees_with_a_naive_double_loop()
    {
        var distance = new CosineDistance();
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var (same, different) = (new List<double>(), new List<double>());
            for (var a = 0; a < batch.Rows.Length; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    var cosine = 1 - distance.Between(batch.Rows[a], batch.Rows[b]);
                    if (batch.Labels[a] == batch.Labels[b])
                        same.Add(Math.Pow(cosine - 1, 2));
                    else
                        different.Add(Math.Pow(cosine + 1, 2));
                }
            }

            var expected = (0.7 * same.DefaultIfEmpty(0).Average()) + (0.3 * different.DefaultIfEmpty(0).Average());
            Assert.Equal(expected, new CosineTargetsLoss(distance, 1, -1, balance: 0.3).OverBatch(batch.Embeddings(), batch.LabelTensor()).item<float>(), 1e-4);
        }
    }

    [Fact]
    public void A_target_of_different_pairs_that_is_not_the_smaller_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineTargetsLoss(new CosineDistance(), 0.5, 0.5, balance: 0.5));
}
