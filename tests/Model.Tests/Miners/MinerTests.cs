using Siamese.Model.Distances;
using Siamese.Model.Miners;
using Siamese.Model.Tensors;
using Siamese.Model.Tests.Losses;
using TorchSharp;

namespace Siamese.Model.Tests.Miners;

public sealed class MinerTests
{
    [Fact]
    public void Batch_hard_takes_the_farthest_positive_and_the_nearest_negative()
    {
        using var scope = torch.NewDisposeScope();
        // On a line: class 0 at 0, 1 and 5, class 1 at 2 and 9.
        var mined = Mine("batch-hard", [0, 1, 5, 2, 9], [0, 0, 0, 1, 1]);
        Assert.Equal([(0, 2, 3), (1, 2, 3), (2, 0, 3), (3, 4, 1), (4, 3, 2)], mined);
    }

    [Fact]
    public void Semi_hard_takes_the_nearest_negative_beyond_the_positive_or_else_the_farthest()
    {
        using var scope = torch.NewDisposeScope();
        var mined = Mine("semi-hard", [0, 1, 1.5f, 4], [0, 0, 1, 1]);
        // Anchor 0: the positive is 1 away; 1.5 and 4 are farther, and 1.5 is nearer. Anchor 1: 4 is farther than the positive, 1.5 is not.
        // Anchor 1.5: the positive is 2.5 away; both negatives are nearer, and 0 is farther. Anchor 4: 1 and 0 are farther than 2.5, and 1 is nearer.
        Assert.Equal([(0, 1, 2), (1, 0, 3), (2, 3, 0), (3, 2, 1)], mined);
    }

    [Theory]
    [InlineData("euclidean")]
    [InlineData("cosine")]
    public void Miners_agree_with_a_naive_search(string name)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = Batch.Drawn(seed);
            var d = Distance.Get(name).Matrix(batch.Embeddings());
            double D(int i, int j) => d[i, j].item<float>();
            var all = Enumerable.Range(0, batch.Rows.Length).ToArray();
            var (hard, semiHard) = (new List<(int, int, int)>(), new List<(int, int, int)>());
            foreach (var a in all)
            {
                var same = all.Where(i => i != a && batch.Labels[i] == batch.Labels[a]).ToArray();
                var different = all.Where(i => batch.Labels[i] != batch.Labels[a]).ToArray();
                if (same.Length == 0 || different.Length == 0)
                    continue;
                hard.Add((a, same.MaxBy(i => D(a, i)), different.MinBy(i => D(a, i))));
                foreach (var p in same)
                {
                    var farther = different.Where(i => D(a, i) > D(a, p)).ToArray();
                    semiHard.Add((a, p, farther.Length > 0 ? farther.MinBy(i => D(a, i)) : different.MaxBy(i => D(a, i))));
                }
            }

            Assert.Equal(hard, Indices(Miner.Find("batch-hard")!.Mine(d, PairMasks.Of(batch.LabelTensor()))));
            Assert.Equal(semiHard, Indices(Miner.Find("semi-hard")!.Mine(d, PairMasks.Of(batch.LabelTensor()))));
        }
    }

    [Fact]
    public void No_gradient_flows_through_the_choice()
    {
        using var scope = torch.NewDisposeScope();
        var batch = Batch.Drawn(seed: 1);
        var mined = new BatchHardMiner().Mine(new EuclideanDistance().Matrix(batch.Embeddings()), PairMasks.Of(batch.LabelTensor()));
        Assert.False(mined.Positives.requires_grad || mined.Negatives.requires_grad);
    }

    [Fact]
    public void All_triplets_need_no_miner() => Assert.Null(Miner.Of(new() { Mining = Miner.None }));

    [Fact]
    public void An_unknown_name_is_not_taken_for_mining_nothing() => Assert.Throws<ArgumentException>(() => Miner.Of(new() { Mining = "hardest" }));

    private static (int, int, int)[] Mine(string miner, float[] line, long[] labels) =>
        Indices(Miner.Find(miner)!.Mine(new EuclideanDistance().Matrix(torch.tensor(line, [line.Length, 1])), PairMasks.Of(torch.tensor(labels))));

    private static (int, int, int)[] Indices(Triplets mined)
    {
        int[] Of(torch.Tensor tensor) => [.. tensor.data<long>().ToArray().Select(index => (int)index)];
        return [.. Of(mined.Anchors).Zip(Of(mined.Positives), Of(mined.Negatives))];
    }
}
