using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Ensembles;

namespace Siamese.Model.Tests.Ensembles;

public sealed class PixelDensityTests
{
    private static readonly DataSet _digits = DataSets.Open(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
    private static readonly PixelDensity _density = PixelDensity.Fit(_digits.Training.Images.Pixels);

    [Fact]
    public void Two_varying_pixels_match_a_hand_computation()
    {
        // The first pixel is 100 ± 30, the second 100 ± 10, and all others are 0.
        var pixels = new byte[4 * Appearances.Shape.Bytes];
        foreach (var (image, (first, second)) in new[] { (130, 110), (130, 90), (70, 110), (70, 90) }.Index())
            (pixels[image * Appearances.Shape.Bytes], pixels[(image * Appearances.Shape.Bytes) + 1]) = ((byte)first, (byte)second);

        var density = PixelDensity.Fit(pixels);

        // The first has 90 % of the variance, so only it gets its own; all 783 others share the variance of the second.
        Assert.Equal([900f], density.Variances, (x, y) => Math.Abs(x - y) < 1e-2);
        Assert.Equal(100.0 / 783, density.Noise, 1e-4);
        var image784 = new byte[Appearances.Shape.Bytes];
        (image784[0], image784[1], image784[5]) = (160, 100, 2);
        Assert.Equal((60.0 * 60 / 900) + (2 * 2 / (100.0 / 783)), density.Distance(image784), 1e-2);
    }

    [Fact]
    public void Components_are_orthogonal_and_the_mean_distance_of_training_images_is_the_dimension()
    {
        var width = _density.Mean.Length;
        var rows = _density.Components.Chunk(width).ToArray();
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j < 5; j++)
                Assert.Equal(i == j ? 1 : 0, rows[i].Zip(rows[j], (x, y) => x * y).Sum(), 1e-4f);
        }

        // Each direction adds 1 on average, including those that share a variance.
        var images = _digits.Training.Images;
        Assert.Equal(width, Enumerable.Range(0, images.Count).Average(i => _density.Distance(images[i])), 1.0);
    }

    [Fact]
    public void Inverted_images_and_noise_are_farther_than_all_digits()
    {
        var farthest = Enumerable.Range(0, 500).Max(i => _density.Distance(_digits.Validation.Images[i]));
        var noise = new byte[Appearances.Shape.Bytes];
        new Random(1).NextBytes(noise);

        Assert.True(_density.Distance(noise) > farthest);
        Assert.True(_density.Distance(Array.ConvertAll(_digits.Validation.Images[3].ToArray(), pixel => (byte)(255 - pixel))) > farthest);
    }

    [Fact]
    public void Identical_training_images_make_every_other_image_unlikely()
    {
        var density = PixelDensity.Fit([.. Enumerable.Repeat((byte)40, 3 * Appearances.Shape.Bytes)]);

        Assert.Equal(0, density.Distance([.. Enumerable.Repeat((byte)40, Appearances.Shape.Bytes)]), 1e-3f);
        Assert.True(density.Distance([.. Enumerable.Repeat((byte)41, Appearances.Shape.Bytes)]) > 1000);
    }
}
