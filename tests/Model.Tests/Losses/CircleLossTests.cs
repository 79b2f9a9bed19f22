using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class CircleLossTests
{
    [Fact]
    public void The_loss_of_a_batch_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new float[] { 1, 0, 0.6f, 0.8f, 0, 1 }, [3, 2]); // Same 0.6; different 0 and 0.8.
        var loss = new CircleLoss(new CosineDistance(), margin: 0.25, gamma: 4).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));

        // Pull of 0.6: −4·0.65·(0.6 − 0.75) = 0.39. Push of 0: 4·0.25·(0 − 0.25) = −0.25; of 0.8: 4·1.05·0.55 = 2.31.
        // The third has no same pair and does not count.
        Assert.Equal((Math.Log(1 + Math.Exp(0.39 - 0.25)) + Math.Log(1 + Math.Exp(0.39 + 2.31))) / 2, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void A_batch_agrees_with_a_naive_loop()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var s = batch.Similarities();
            var (m, gamma) = (0.3, 8 + seed);
            var losses = new List<double>();
            for (var a = 0; a < batch.Rows.Length; a++)
            {
                var others = Enumerable.Range(0, batch.Rows.Length).Where(i => i != a).ToArray();
                var pull = others.Where(i => batch.Labels[i] == batch.Labels[a]).Select(i => Math.Exp(-gamma * Math.Max(0, 1 + m - s[a, i]) * (s[a, i] - (1 - m)))).ToArray();
                var push = others.Where(i => batch.Labels[i] != batch.Labels[a]).Select(i => Math.Exp(gamma * Math.Max(0, s[a, i] + m) * (s[a, i] - m))).ToArray();
                if (pull.Length > 0 && push.Length > 0)
                    losses.Add(Math.Log(1 + (pull.Sum() * push.Sum())));
            }

            var loss = new CircleLoss(new CosineDistance(), m, gamma).OverBatch(batch.Embeddings(), batch.LabelTensor());

            Assert.Equal(losses.Average(), loss.item<float>(), 1e-4);
        }
    }

    [Fact]
    public void No_gradient_flows_through_the_weights_of_pairs()
    {
        using var scope = torch.NewDisposeScope();
        // One pair of each kind: with constant weights the push has the slope γ·(s + m), not twice that.
        var s = torch.tensor(new[] { 0.5f }, requires_grad: true);
        using var one = torch.ones(1);
        var embeddings = torch.stack([torch.cat([one, torch.zeros(1)]), torch.cat([one, torch.zeros(1)]), torch.cat([s, (1 - s.square()).sqrt()])]);
        new CircleLoss(new CosineDistance(), margin: 0.25, gamma: 2).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 })).backward();

        // Each of the two anchors: x = pull + push, pull = −2·0.25·0.25 (s_p = 1), push = 2·0.75·0.25; slope σ(x)·2·0.75.
        var x = (-2 * 0.25 * 0.25) + (2 * 0.75 * 0.25);
        Assert.Equal(1 / (1 + Math.Exp(-x)) * 1.5, s.grad!.item<float>(), 1e-4);
    }

    [Theory, InlineData(-0.1, 1), InlineData(0.2, 0)]
    public void A_negative_margin_and_a_gamma_of_0_are_refused(double margin, double gamma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CircleLoss(new CosineDistance(), margin, gamma));
}
