using Siamese.Model.Distances;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class ReferencesTests
{
    [Fact]
    public void Nearest_means_the_smallest_combined_distance_and_not_each_members_smallest()
    {
        // Each member finds a near image, but a different one.
        var references = new References(
        [
            new([0, 0, 10, 0], 2, Distance.Get("euclidean"), 0.5),
            new([0, 20], 1, Distance.Get("euclidean"), 0.25),
        ]);

        Assert.Equal((0.5f * 0) + (0.25f * 20), references.Nearest([[0, 0], [20]], 0));
        Assert.Equal((0.5f * 5) + (0.25f * 1), references.Nearest([[9, 9, 10, 5], [7, 21]], 1));
    }

    [Fact]
    public void It_agrees_with_a_naive_search()
    {
        var random = new Random(1);
        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        var (one, other, asked) = (Some(50 * 3), Some(50 * 4), (Some(20 * 3), Some(20 * 4)));
        var (euclidean, manhattan) = (Distance.Get("euclidean"), Distance.Get("manhattan"));
        var references = new References([new(one, 3, euclidean, 0.7), new(other, 4, manhattan, 0.1)]);

        for (var row = 0; row < 20; row++)
        {
            var nearest = Enumerable.Range(0, 50).Min(r =>
                (0.7 * euclidean.Between(asked.Item1.AsSpan(row * 3, 3), one.AsSpan(r * 3, 3))) + (0.1 * manhattan.Between(asked.Item2.AsSpan(row * 4, 4), other.AsSpan(r * 4, 4))));
            Assert.Equal(nearest, references.Nearest([asked.Item1, asked.Item2], row), 1e-6);
        }
    }

    [Fact]
    public void Rare_classes_are_kept_whole_before_common_ones()
    {
        int[] labels = [0, 0, 0, 0, 0, 0, 1, 2, 2];
        Assert.Equal([0, 1, 6, 7, 8], References.Choose(labels, 5));
        Assert.Equal(Enumerable.Range(0, 9), References.Choose(labels, 100));
    }
}
