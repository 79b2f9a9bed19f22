using Siamese.Model.Augmentations;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Tests.Training;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Augmentations;

public sealed class WarpTests
{
    private static readonly Warp _warp = new(rotation: 15, scaling: 0.15, shear: 0.2, shift: 0.06, elastic: 0);

    [Theory]
    [InlineData(28, 28)]
    [InlineData(20, 36)]
    [InlineData(36, 20)]
    public void It_agrees_with_a_naive_mapping_of_every_pixel(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        const int count = 5;
        var images = torch.rand([count, 1, height, width], generator: SomeTensors.Generator(1));
        var actual = _warp.Apply(images, SomeTensors.Generator(3)).Floats();
        var pixels = images.Floats();
        var draws = torch.rand([6, count], generator: SomeTensors.Generator(3)).Floats();

        for (var image = 0; image < count; image++)
        {
            double U(int row) => 2.0 * draws[row * count + image] - 1;
            var (sin, cos) = Math.SinCos(Math.PI / 12 * U(0));
            for (var row = 0; row < height; row++)
            {
                for (var column = 0; column < width; column++)
                {
                    // Pixels from the centre.
                    var (x, y) = (column - (width - 1) / 2.0, row - (height - 1) / 2.0);
                    var fromX = cos * (1 + 0.15 * U(1)) * x + (0.2 * U(3) - sin) * y + 0.06 * U(4) * width;
                    var fromY = sin * x + cos * (1 + 0.15 * U(2)) * y + 0.06 * U(5) * height;
                    var expected = Bilinear(pixels.AsSpan(image * height * width, height * width), width, fromX + (width - 1) / 2.0, fromY + (height - 1) / 2.0);
                    Assert.Equal(expected, actual[((image * height) + row) * width + column], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void A_warp_keeps_shape_range_and_most_of_the_ink()
    {
        using var scope = torch.NewDisposeScope();
        var digits = Embedding.ToTensor(SomeTrials.Digits.Training.Images, 0, 200);
        var moved = _warp.Apply(digits, SomeTensors.Generator(1));
        Assert.Equal(digits.shape, moved.shape);
        Assert.All(moved.Floats(), value => Assert.InRange(value, 0, 1.000001f));
        Assert.Equal(1, moved.mean().item<float>() / digits.mean().item<float>(), 0.1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_warp_and_another_seed_a_different_one()
    {
        using var scope = torch.NewDisposeScope();
        float[] Moved(int seed) => _warp.Apply(SomeTensors.Images(3), SomeTensors.Generator(seed)).Floats();
        Assert.Equal(Moved(1), Moved(1));
        Assert.NotEqual(Moved(1), Moved(2));
    }

    [Fact]
    public void Each_image_is_warped_differently()
    {
        using var scope = torch.NewDisposeScope();
        var copies = SomeTensors.Images(1).expand(50, 1, 28, 28);
        var moved = _warp.Apply(copies, SomeTensors.Generator(1)).Floats().Chunk(784).Select(image => string.Join(' ', image));
        Assert.Equal(50, moved.Distinct().Count());
    }

    [Fact]
    public void An_elastic_distortion_moves_each_part_differently_and_not_far()
    {
        using var scope = torch.NewDisposeScope();
        // The value of each pixel is its column, so the distorted image shows where its pixels come from.
        var columns = torch.tensor(Enumerable.Range(0, 28 * 28).Select(i => i % 28 / 27f).ToArray(), [1, 1, 28, 28]);
        var moved = new Warp(0, 0, 0, 0, elastic: 0.05).Apply(columns, SomeTensors.Generator(1)).Floats();
        var shifts = moved.Select((value, i) => (value * 27) - (i % 28)).ToArray();

        Assert.InRange(shifts.Max() - shifts.Min(), 0.5, 5);
        Assert.All(shifts, shift => Assert.InRange(shift, -0.1 * 28, 0.1 * 28));
        // Smooth: neighbours move by nearly the same amount, so nothing tears.
        Assert.All(Enumerable.Range(0, 27 * 28), i => Assert.InRange(shifts[i + 28] - shifts[i], -0.8, 0.8));
    }

    [Fact]
    public void A_warp_whose_amounts_are_all_0_changes_nothing()
    {
        using var scope = torch.NewDisposeScope();
        var images = SomeTensors.Images(3);
        Assert.Equal(images.Floats(), new Warp(0, 0, 0, 0, 0).Apply(images, SomeTensors.Generator(1)).Floats(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    private static double Bilinear(ReadOnlySpan<float> image, int width, double x, double y)
    {
        var height = image.Length / width;
        (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        double sum = 0;
        for (var row = top; row <= top + 1; row++)
            for (var column = left; column <= left + 1; column++)
                if (row < height && column < width)
                    sum += image[row * width + column] * (1 - Math.Abs(x - column)) * (1 - Math.Abs(y - row));
        return sum;
    }
}
