using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class MultiSimilarityLossTests
{
    [Fact]
    public void The_loss_of_a_batch_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        // Similarities: 0.6 for the same pair; 0 and 0.8 for the different pairs.
        var embeddings = torch.tensor(new float[] { 1, 0, 0.6f, 0.8f, 0, 1 }, [3, 2]);
        var loss = new MultiSimilarityLoss(new CosineDistance(), alpha: 2, beta: 10, threshold: 0.5, margin: 0.1)
            .OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));

        // First: its different pair at 0 is below 0.6 − 0.1, and its same pair is not below 0 + 0.1: no pair counts.
        // Second: 0.6 < 0.8 + 0.1 and 0.8 > 0.6 − 0.1: ½·log(1 + e^−0.2) + 1/10·log(1 + e³).
        // Third: it has no same pair, so no different pair is too near.
        Assert.Equal(((0.5 * 0.5981389) + (0.1 * 3.0485874)) / 3, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void A_batch_agrees_with_a_naive_loop()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var s = batch.Similarities();
            var (alpha, beta, lambda, epsilon) = (2 + seed, 20.0, 0.3, 0.05);
            var total = 0.0;
            for (var a = 0; a < batch.Rows.Length; a++)
            {
                var others = Enumerable.Range(0, batch.Rows.Length).Where(i => i != a).ToArray();
                var same = others.Where(i => batch.Labels[i] == batch.Labels[a]).Select(i => s[a, i]).ToArray();
                var different = others.Where(i => batch.Labels[i] != batch.Labels[a]).Select(i => s[a, i]).ToArray();
                var pulled = same.Where(value => value - epsilon < different.DefaultIfEmpty(double.NegativeInfinity).Max());
                var pushed = different.Where(value => value + epsilon > same.DefaultIfEmpty(double.PositiveInfinity).Min());
                total += Math.Log(1 + pulled.Sum(value => Math.Exp(-alpha * (value - lambda)))) / alpha;
                total += Math.Log(1 + pushed.Sum(value => Math.Exp(beta * (value - lambda)))) / beta;
            }

            var loss = new MultiSimilarityLoss(new CosineDistance(), alpha, beta, lambda, epsilon).OverBatch(batch.Embeddings(), batch.LabelTensor());

            Assert.Equal(total / batch.Rows.Length, loss.item<float>(), 1e-5);
        }
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, double.NaN, 0)]
    [InlineData(1, 1, -0.1)]
    public void Sharpness_must_be_above_0_and_the_margin_at_least_0(double alpha, double beta, double margin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiSimilarityLoss(new CosineDistance(), alpha, beta, 0.5, margin));
}
