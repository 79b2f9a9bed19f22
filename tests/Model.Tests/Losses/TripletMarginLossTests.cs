using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class TripletMarginLossTests
{
    public static TheoryData<string> Distances => [.. Distance.All.Select(distance => distance.Name)];

    [Fact]
    public void The_loss_of_given_triplets_matches_the_paper()
    {
        using var scope = torch.NewDisposeScope();
        var anchor = torch.zeros(3, 1);
        var positive = torch.tensor(new float[] { 1, 2, 1 }, [3, 1]);
        var negative = torch.tensor(new float[] { 3, 1, 1.5f }, [3, 1]);

        var loss = new TripletMarginLoss(new EuclideanDistance(), margin: 1).OverTriplets(anchor, positive, negative);

        Assert.Equal((0 + 2 + 0.5) / 3, loss.item<float>(), 1e-5); // 1 − 3 + 1 < 0; 2 − 1 + 1; 1 − 1.5 + 1
    }

    [Fact]
    public void The_loss_of_a_batch_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new float[] { 0, 1, 1.5f }, [3, 1]);
        var labels = torch.tensor(new long[] { 0, 0, 1 });

        var loss = new TripletMarginLoss(new EuclideanDistance(), margin: 0.25).OverBatch(embeddings, labels);

        // (0, 1, 1.5): 1 − 1.5 + 0.25 < 0 does not count; (1, 0, 1.5): 1 − 0.5 + 0.25 does.
        Assert.Equal(0.75, loss.item<float>(), 1e-5);
    }

    [Theory, MemberData(nameof(Distances))]
    public void A_batch_agrees_with_a_naive_triple_loop(string name)
    {
        var distance = Distance.Find(name)!;
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var margin = 0.1 * seed;
            var losses = new List<double>();
            for (var a = 0; a < batch.Rows.Length; a++)
                for (var p = 0; p < batch.Rows.Length; p++)
                    for (var n = 0; n < batch.Rows.Length; n++)
                        if (a != p && batch.Labels[a] == batch.Labels[p] && batch.Labels[a] != batch.Labels[n])
                            losses.Add(distance.Between(batch.Rows[a], batch.Rows[p]) - distance.Between(batch.Rows[a], batch.Rows[n]) + margin);

            var expected = losses.Where(loss => loss > 0).DefaultIfEmpty(0).Average();
            var actual = new TripletMarginLoss(distance, margin).OverBatch(batch.Embeddings(), batch.LabelTensor());
            Assert.Equal(expected, actual.item<float>(), 1e-5 * Math.Max(1, expected));
        }
    }

    [Fact]
    public void Moving_the_negative_away_lowers_the_loss_and_moving_the_positive_away_raises_it()
    {
        using var scope = torch.NewDisposeScope();
        var loss = new TripletMarginLoss(new EuclideanDistance(), margin: 1);
        double At(float positive, float negative) =>
            loss.OverTriplets(torch.zeros(1, 2), torch.full([1, 2], positive), torch.full([1, 2], negative)).item<float>();

        Assert.True(At(0.5f, 0.9f) < At(0.5f, 0.6f));
        Assert.True(At(0.7f, 0.9f) > At(0.5f, 0.9f));
    }

    [Theory, MemberData(nameof(Distances))]
    public void Degenerate_batches_have_finite_losses_and_gradients(string name)
    {
        var loss = new TripletMarginLoss(Distance.Find(name)!, 0.5);
        foreach (var batch in Batch.Odd)
        {
            using var scope = torch.NewDisposeScope();
            var embeddings = batch.Embeddings();
            var value = loss.OverBatch(embeddings, batch.LabelTensor());
            value.backward();

            Assert.True(float.IsFinite(value.item<float>()));
            Assert.True(embeddings.grad!.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void An_embedding_that_is_not_a_number_makes_the_loss_not_a_number()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new[] { 0, 0.1f, float.NaN }, [3, 1]);
        var loss = new TripletMarginLoss(new EuclideanDistance(), 1).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));
        Assert.True(float.IsNaN(loss.item<float>()));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void A_negative_or_infinite_margin_is_refused(double margin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginLoss(new EuclideanDistance(), margin));
}
