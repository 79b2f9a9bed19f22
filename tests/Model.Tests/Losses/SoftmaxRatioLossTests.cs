using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class SoftmaxRatioLossTests
{
    public static TheoryData<string> Distances => [.. Distance.All.Select(distance => distance.Name)];

    [Fact]
    public void The_loss_of_given_triplets_is_the_squared_error_of_the_softmax_to_zero_and_one()
    {
        using var scope = torch.NewDisposeScope();
        var anchor = torch.zeros(2, 1);
        var positive = torch.tensor(new float[] { 1, 2 }, [2, 1]);
        var negative = torch.tensor(new float[] { 1, 0.5f }, [2, 1]);

        var loss = new SoftmaxRatioLoss(new EuclideanDistance()).OverTriplets(anchor, positive, negative);

        // Equal distances: a half each, so 0.5² + 0.5².
        var (p, n) = (Math.Exp(2) / (Math.Exp(2) + Math.Exp(0.5)), Math.Exp(0.5) / (Math.Exp(2) + Math.Exp(0.5)));
        Assert.Equal((0.5 + (p * p) + ((n - 1) * (n - 1))) / 2, loss.item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Distances))]
    public void A_batch_agrees_with_a_naive_triple_loop(string name)
    {
        var distance = Distance.Find(name)!;
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var losses = new List<double>();
            for (var a = 0; a < batch.Rows.Length; a++)
                for (var p = 0; p < batch.Rows.Length; p++)
                    for (var n = 0; n < batch.Rows.Length; n++)
                        if (a != p && batch.Labels[a] == batch.Labels[p] && batch.Labels[a] != batch.Labels[n])
                            losses.Add(2 * Math.Pow(1 / (1 + Math.Exp(distance.Between(batch.Rows[a], batch.Rows[n]) - distance.Between(batch.Rows[a], batch.Rows[p]))), 2));

            var expected = losses.DefaultIfEmpty(0).Average();
            Assert.Equal(expected, new SoftmaxRatioLoss(distance).OverBatch(batch.Embeddings(), batch.LabelTensor()).item<float>(), 1e-5);
        }
    }
}
