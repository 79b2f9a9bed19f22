using Siamese.Model.Evaluation;

namespace Siamese.Model.Tests.Evaluation;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void The_first_axis_is_that_of_the_largest_variance()
    {
        // Five points on a line through space, a little off it in the third dimension.
        float[] vectors = [-2, -4, 0.1f, -1, -2, -0.1f, 0, 0, 0, 1, 2, -0.1f, 2, 4, 0.1f];

        var (places, explained) = PrincipalComponents.Of(vectors, 3);

        Assert.Equal(10, places.Length);
        for (var row = 0; row < 5; row++)
        {
            Assert.Equal((row - 2) * Math.Sqrt(5), places[2 * row], 1e-4);
            Assert.InRange(Math.Abs(places[(2 * row) + 1]), 0, 0.11);
        }

        Assert.InRange(explained[0], 0.99, 1);
        Assert.Equal(1, explained[0] + explained[1], 1e-9);
    }

    [Fact]
    public void Distances_in_the_plane_are_kept()
    {
        var random = new Random(1);
        var vectors = Enumerable.Range(0, 40).Select(_ => random.NextSingle()).ToArray();

        var (places, _) = PrincipalComponents.Of(vectors, 2);

        for (var row = 1; row < 20; row++)
            Assert.Equal(Distance(vectors, row), Distance(places, row), 1e-5);
    }

    [Fact]
    public void The_nearest_other_vector_has_another_key()
    {
        // The second is a copy of the first; the third is nearer to the first than the fourth is.
        float[] vectors = [0, 0, 0, 0.1f, 1, 0, 5, 5];

        Assert.Equal([2, 2, 0, 2], PrincipalComponents.NearestOthers(vectors, 2, [7, 7, 8, 9]));
    }

    [Fact]
    public void Vectors_that_are_all_the_same_lie_in_one_point()
    {
        var (places, explained) = PrincipalComponents.Of([1, 2, 3, 1, 2, 3, 1, 2, 3], 3);

        Assert.All(places, place => Assert.Equal(0, place, 1e-6));
        Assert.All(explained, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void What_is_not_whole_rows_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PrincipalComponents.Of([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => PrincipalComponents.NearestOthers([1, 2, 3, 4], 2, [1, 1]));
    }

    private static double Distance(float[] vectors, int row) => Math.Sqrt(Math.Pow(vectors[2 * row] - vectors[0], 2) + Math.Pow(vectors[(2 * row) + 1] - vectors[1], 2));
}
