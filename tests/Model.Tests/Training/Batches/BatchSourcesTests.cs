using Siamese.Contracts.Pairs;
using Siamese.Contracts.Tuning;
using Siamese.Model.Data.Splits;
using Siamese.Model.Distances;
using Siamese.Model.Losses;
using Siamese.Model.Randomness;
using Siamese.Model.Sampling;
using Siamese.Model.Tests.Sampling;
using Siamese.Model.Training.Batches;
using TorchSharp;

namespace Siamese.Model.Tests.Training.Batches;

public sealed class BatchSourcesTests
{
    private static readonly DataSplit _shard = new(SomeClasses.Even(classes: 5, size: 20));

    public static TheoryData<Pairing, string> Kinds => new()
    {
        { Pairing.Listed, "contrastive" },
        { Pairing.Listed, "triplet" },
        { Pairing.Batch, "contrastive" },
        { Pairing.Batch, "triplet" },
        { Pairing.Neighbours, "contrastive" },
    };

    [Theory, MemberData(nameof(Kinds))]
    public void The_same_epoch_has_the_same_batches_and_another_epoch_different_ones(Pairing pairing, string loss)
    {
        using var random = new TrialRandom(1);
        using var resumed = new TrialRandom(1);
        var source = Source(pairing, loss, random);
        var second = Images(source, 2);
        Assert.NotEqual(Images(source, 1), second);
        Assert.Equal(second, Images(Source(pairing, loss, resumed), 2));
        Assert.Equal(source.Count, second.Length);
    }

    [Theory, InlineData("contrastive", 2), InlineData("triplet", 3)]
    public void An_epoch_covers_the_whole_list_and_its_last_batch_has_the_remainder(string loss, int images)
    {
        using var random = new TrialRandom(1);
        var source = Source(Pairing.Listed, loss, random); // 50 in batches of 16.
        Assert.Equal([16 * images, 16 * images, 16 * images, 2 * images], Images(source, 1).Select(batch => batch.Length));
        Assert.Equal(4, source.Count);
        Assert.Equal(Images(source, 1).SelectMany(batch => batch).Order(), Images(source, 2).SelectMany(batch => batch).Order());
    }

    [Fact]
    public void The_counts_and_the_loss_of_a_listed_batch_are_those_of_its_pairs()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new TrialRandom(2);
        foreach (var batch in Source(Pairing.Listed, "contrastive", random).Epoch(1))
        {
            // First images, then second images. An image's embedding is its class, so different pairs are 1 to 4 apart.
            var labels = Array.ConvertAll(batch.Images, image => _shard.Images.Labels[image]);
            var gaps = labels.Take(labels.Length / 2).Zip(labels.Skip(labels.Length / 2), (a, b) => Math.Abs(a - b)).ToArray();
            Assert.Equal((gaps.Count(gap => gap == 0), gaps.Count(gap => gap > 0)), (batch.Positives, batch.Negatives));
            var expected = gaps.Average(gap => gap == 0 ? 0 : Math.Pow(Math.Max(0, 3 - gap), 2));
            Assert.Equal(expected, Cost(batch, labels), 1e-4);
        }
    }

    [Fact]
    public void The_counts_and_the_loss_of_a_batch_of_neighbours_are_those_of_all_its_pairs()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new TrialRandom(4);
        var neighbours = new NeighbourBatches(_shard.Images, 3, withShiftedCopies: false, batchSize: 16);
        foreach (var batch in Source(Pairing.Neighbours, "contrastive", random).Epoch(1).Take(5))
        {
            int[] places = [.. batch.Images.Select(image => image % 7)];
            var (same, different) = (new List<double>(), new List<double>());
            for (var i = 0; i < places.Length; i++)
            {
                for (var j = i + 1; j < places.Length; j++)
                {
                    var gap = Math.Abs(places[i] - places[j]);
                    if (neighbours.AreSame(batch.Images[i], batch.Images[j]))
                        same.Add(gap * gap);
                    else
                        different.Add(Math.Pow(Math.Max(0, 3 - gap), 2));
                }
            }

            Assert.Equal((same.Count, different.Count), (batch.Positives, batch.Negatives));
            Assert.Equal((0.5 * same.Average()) + (0.5 * different.Where(loss => loss > 0).Average()), Cost(batch, places), 1e-3);
        }
    }

    [Fact]
    public void The_loss_of_a_listed_batch_of_triplets_is_their_mean_margin_violation()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new TrialRandom(3);
        foreach (var batch in Source(Pairing.Listed, "triplet", random).Epoch(1))
        {
            var labels = Array.ConvertAll(batch.Images, image => _shard.Images.Labels[image]);
            var count = labels.Length / 3;
            Assert.Equal((count, count), (batch.Positives, batch.Negatives));
            var expected = Enumerable.Range(0, count).Average(i => Math.Max(0, 3 - Math.Abs(labels[i] - labels[2 * count + i])));
            Assert.Equal(expected, Cost(batch, labels), 1e-4);
        }
    }

    [Fact]
    public void A_batch_of_images_counts_every_pair_in_it_once()
    {
        using var random = new TrialRandom(4);
        foreach (var batch in Source(Pairing.Batch, "contrastive", random).Epoch(1).Take(10))
        {
            var (positives, negatives) = (0, 0);
            for (var i = 0; i < batch.Images.Length; i++)
                for (var j = i + 1; j < batch.Images.Length; j++)
                    _ = _shard.Images.Labels[batch.Images[i]] == _shard.Images.Labels[batch.Images[j]] ? positives++ : negatives++;
            Assert.Equal((positives, negatives), (batch.Positives, batch.Negatives));
        }
    }

    [Fact]
    public void Given_pairs_are_used_as_given()
    {
        using var random = new TrialRandom(5);
        var given = SomeClasses.Given(same: 25, different: 25);
        var loss = new ContrastiveLoss(new EuclideanDistance(), margin: 3, balance: 0.5);
        var batches = ListedPairs.Of(given, Hyperparameters(Pairing.Listed, "contrastive"), loss, random).Epoch(1).ToArray();
        Assert.Equal((25, 25), (batches.Sum(batch => batch.Positives), batches.Sum(batch => batch.Negatives)));
        Assert.Equal(Enumerable.Range(0, 100), batches.SelectMany(batch => batch.Images).Order());
        var kinds = given.GivenPairs!.ToDictionary(pair => (pair.First, pair.Second), pair => pair.Relation);
        Assert.All(batches, batch => Assert.Equal(
            batch.Negatives,
            Enumerable.Range(0, batch.Images.Length / 2).Count(i => kinds[(batch.Images[i], batch.Images[i + batch.Images.Length / 2])] == Relation.Different)));
    }

    private static double Cost(TrainingBatch batch, int[] labels) =>
        batch.Loss(torch.tensor(Array.ConvertAll(labels, label => (float)label), [labels.Length, 1])).item<float>();

    private static int[][] Images(IBatchSource source, int epoch) => [.. source.Epoch(epoch).Select(batch => batch.Images)];

    private static IBatchSource Source(Pairing pairing, string loss, TrialRandom random)
    {
        var hyperparameters = Hyperparameters(pairing, loss);
        return BatchSources.For(hyperparameters, _shard, LossKind.Get(loss).Create(hyperparameters, new EuclideanDistance()), random).Batches;
    }

    private static Hyperparameters Hyperparameters(Pairing pairing, string loss) => new()
    {
        Pairing = pairing,
        Loss = loss,
        Margin = 3,
        Pairs = pairing is Pairing.Listed ? 50 : null,
        Neighbours = pairing is Pairing.Neighbours ? 3 : null,
        BatchSize = 16,
    };
}
