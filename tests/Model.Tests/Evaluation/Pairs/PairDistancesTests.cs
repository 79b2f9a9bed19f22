using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Distances;
using Siamese.Model.Evaluation.Pairs;

namespace Siamese.Model.Tests.Evaluation.Pairs;

public sealed class PairDistancesTests
{
    private static readonly float[] _embeddings = [0, 0, 3, 4, 6, 8]; // Three rows of two.

    [Fact]
    public void Each_pair_gets_the_distance_between_its_rows()
    {
        ImagePair[] pairs = [new(0, 1, Relation.Same), new(2, 0, Relation.Different), new(1, 1, Relation.Same)];
        Assert.Equal([5, 10, 0], PairDistances.Measure(_embeddings, 2, pairs, new EuclideanDistance()));
    }

    [Fact]
    public void Incomplete_and_missing_rows_are_refused()
    {
        var distance = new EuclideanDistance();
        Assert.Throws<ArgumentException>(() => PairDistances.Measure(_embeddings, 4, [], distance));
        Assert.Throws<ArgumentException>(() => PairDistances.Measure(_embeddings, 2, [new(0, 3, Relation.Same)], distance));
        Assert.Throws<ArgumentException>(() => PairDistances.Measure(_embeddings, 2, [new(-1, 0, Relation.Same)], distance));
    }
}
