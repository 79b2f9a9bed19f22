using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class NoveltyScaleTests
{
    [Fact]
    public void The_requested_share_of_validation_images_is_called_novel()
    {
        var random = new Random(1);
        var (distances, looks) = (Some(1000), Some(1000));
        var scale = new NoveltyScale(distances, looks);

        foreach (var share in new[] { 0.01, 0.02, 0.1, 0.5 })
            Assert.Equal(share, distances.Zip(looks).Count(image => scale.Share(image.First, image.Second) <= share) / 1000.0, 0.002);

        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    [Fact]
    public void Either_distance_or_look_alone_makes_an_image_novel()
    {
        var scale = new NoveltyScale([.. Enumerable.Range(0, 100).Select(i => (float)i)], [.. Enumerable.Range(0, 100).Select(i => (float)i)]);

        Assert.Equal(1, scale.Share(0, 0));
        Assert.Equal(0, scale.Share(1000, 0));
        Assert.Equal(0, scale.Share(0, 1000));
        Assert.True(scale.Share(99, 0) < 0.02);
    }

    [Fact]
    public void Equal_values_are_equally_rare()
    {
        var scale = new NoveltyScale([1, 1, 1, 1, 2], [1, 1, 1, 1, 1]);
        Assert.Equal(1, scale.Share(1, 1));
        Assert.Equal(0.2, scale.Share(2, 1), 1e-12);
        Assert.Equal(0, scale.Share(3, 1));
    }

    [Fact]
    public void Missing_and_mismatched_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NoveltyScale());
        Assert.Throws<ArgumentException>(() => new NoveltyScale([], []));
        Assert.Throws<ArgumentException>(() => new NoveltyScale([1], [1, 2]));
    }
}
