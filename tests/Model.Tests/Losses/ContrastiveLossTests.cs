using Siamese.Model.Distances;
using Siamese.Model.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Losses;

public sealed class ContrastiveLossTests
{
    public static TheoryData<string> Distances => [.. Distance.All.Select(distance => distance.Name)];

    [Fact]
    public void The_loss_of_given_pairs_matches_the_paper()
    {
        using var scope = torch.NewDisposeScope();
        var first = torch.zeros(4, 2);
        var second = torch.tensor(new float[] { 3, 4, 0, 0.5f, 0, 1.5f, 3, 0 }, [4, 2]); // Distances 5, 0.5, 1.5, 3
        var different = torch.tensor(new[] { false, false, true, true });

        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 2, balance: 0.5).OverPairs(first, second, different);

        // 25 and 0.25 for the same pairs; 0.5² for the different pair inside the margin, nothing for the one beyond it.
        Assert.Equal((25 + 0.25 + 0.25 + 0) / 4, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void The_loss_of_a_batch_matches_a_hand_computation()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new float[] { 0, 1, 1.5f, 9 }, [4, 1]);
        var labels = torch.tensor(new long[] { 7, 7, 3, 3 });

        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 2, balance: 0.25).OverBatch(embeddings, labels);

        // Same: 1² and 7.5², mean 28.625. Different: 1.5 and 0.5 are inside the margin of 2, 9 and 8 beyond it: mean of 0.5² and 1.5².
        Assert.Equal(0.75 * 28.625 + 0.25 * 1.25, loss.item<float>(), 1e-4);
    }

    [Theory, MemberData(nameof(Distances))]
    public void A_batch_agrees_with_a_naive_double_loop(string name)
    {
        var distance = Distance.Find(name)!;
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var (margin, balance) = (0.3 + 0.2 * seed, 0.2 * seed);
            var (same, inside) = (new List<double>(), new List<double>());
            for (var i = 0; i < batch.Rows.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    double d = distance.Between(batch.Rows[i], batch.Rows[j]);
                    if (batch.Labels[i] == batch.Labels[j])
                        same.Add(d * d);
                    else if (d < margin)
                        inside.Add(Math.Pow(margin - d, 2));
                }
            }

            var expected = (1 - balance) * same.DefaultIfEmpty(0).Average() + balance * inside.DefaultIfEmpty(0).Average();
            var loss = new ContrastiveLoss(distance, margin, balance).OverBatch(batch.Embeddings(), batch.LabelTensor());
            Assert.Equal(expected, loss.item<float>(), 1e-5 * Math.Max(1, expected));
        }
    }

    [Theory, MemberData(nameof(Distances))]
    public void Given_pairs_agree_with_a_naive_loop(string name)
    {
        var distance = Distance.Find(name)!;
        using var scope = torch.NewDisposeScope();
        var batch = Batch.Drawn(seed: 11);
        var (first, second) = (new[] { 0, 1, 2, 3, 4 }, new[] { 5, 6, 7, 8, 9 });
        var different = new[] { true, false, true, true, false };
        var expected = first.Select((image, i) =>
        {
            double d = distance.Between(batch.Rows[image], batch.Rows[second[i]]);
            return different[i] ? Math.Pow(Math.Max(0, 1.2 - d), 2) : d * d;
        }).Average();

        var loss = new ContrastiveLoss(distance, 1.2, 0.5).OverPairs(batch.Stacked(first), batch.Stacked(second), torch.tensor(different));
        Assert.Equal(expected, loss.item<float>(), 1e-5 * Math.Max(1, expected));
    }

    [Fact]
    public void Moving_a_different_pair_apart_lowers_the_loss_and_moving_a_same_pair_apart_raises_it()
    {
        using var scope = torch.NewDisposeScope();
        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 2, balance: 0.5);
        double Listed(float apart, bool different) =>
            loss.OverPairs(torch.zeros(1, 2), torch.full([1, 2], apart), torch.tensor(new[] { different })).item<float>();
        double Batched(float apart, long label) =>
            loss.OverBatch(torch.tensor(new[] { 0, apart }, [2, 1]), torch.tensor(new[] { 0, label })).item<float>();

        Assert.True(Listed(0.9f, different: true) < Listed(0.5f, different: true));
        Assert.True(Listed(0.9f, different: false) > Listed(0.5f, different: false));
        Assert.True(Batched(0.9f, label: 1) < Batched(0.5f, label: 1));
        Assert.True(Batched(0.9f, label: 0) > Batched(0.5f, label: 0));
    }

    [Theory, MemberData(nameof(Distances))]
    public void Degenerate_batches_have_finite_losses_and_gradients(string name)
    {
        var loss = new ContrastiveLoss(Distance.Find(name)!, 1, 0.5);
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

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_balance_of_0_or_1_counts_only_one_kind_of_pair(double balance, double expected)
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new float[] { 0, 0, 1 }, [3, 1]); // A same pair at 0, two different pairs at 1.
        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 2, balance).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));
        Assert.Equal(expected, loss.item<float>(), 1e-5);
    }

    [Fact]
    public void An_embedding_that_is_not_a_number_makes_the_loss_not_a_number()
    {
        using var scope = torch.NewDisposeScope();
        var embeddings = torch.tensor(new[] { 0, 0.1f, float.NaN }, [3, 1]);
        var loss = new ContrastiveLoss(new EuclideanDistance(), 2, 0.5).OverBatch(embeddings, torch.tensor(new long[] { 0, 0, 1 }));
        Assert.True(float.IsNaN(loss.item<float>()));
    }

    [Fact]
    public void The_loss_of_no_pairs_is_0()
    {
        using var scope = torch.NewDisposeScope();
        var none = torch.zeros(0, 3);
        Assert.Equal(0, new ContrastiveLoss(new EuclideanDistance(), 2, 0.5).OverPairs(none, none, torch.zeros(0, torch.ScalarType.Bool)).item<float>());
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void A_negative_margin_and_a_balance_outside_0_to_1_are_refused(double margin, double balance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContrastiveLoss(new EuclideanDistance(), margin, balance));
}
