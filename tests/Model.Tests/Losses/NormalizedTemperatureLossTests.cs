using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class NormalizedTemperatureLossTests
{
    [Fact]
    public void The_loss_of_a_batch_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        // Two images of one class with similarity 1, and one of another class at a right angle to both.
        var embeddings = torch.tensor(new float[] { 1, 0, 3, 0, 0, 2 }, [3, 2]);
        var loss = new NormalizedTemperatureLoss(new CosineDistance(), temperature: 0.5).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));

        // −log(e² / (e² + e⁰)) for each anchor.
        Assert.Equal(0.1269280, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void A_batch_agrees_with_a_naive_triple_loop()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var (s, tau) = (batch.Similarities(), 0.2 + (0.1 * seed));
            var losses = new List<double>();
            for (var a = 0; a < batch.Rows.Length; a++)
            {
                var negatives = Others(a, isSame: false).Sum(n => Math.Exp(s[a, n] / tau));
                losses.AddRange(Others(a, isSame: true).Select(p => -Math.Log(Math.Exp(s[a, p] / tau) / (Math.Exp(s[a, p] / tau) + negatives))));
            }

            var loss = new NormalizedTemperatureLoss(new CosineDistance(), tau).OverBatch(batch.Embeddings(), batch.LabelTensor());

            Assert.Equal(losses.Average(), loss.item<float>(), 1e-5);

            IEnumerable<int> Others(int a, bool isSame) =>
                Enumerable.Range(0, batch.Rows.Length).Where(i => i != a && (batch.Labels[i] == batch.Labels[a]) == isSame);
        }
    }

    [Theory, InlineData(0), InlineData(-0.1), InlineData(double.PositiveInfinity)]
    public void A_temperature_must_be_finite_and_above_0(double temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NormalizedTemperatureLoss(new CosineDistance(), temperature));
}
