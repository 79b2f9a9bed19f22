using Siamese.Model.Augmentations;
using Siamese.Model.Tests.Networks;
using Siamese.Model.Tests.Training;
using Siamese.Model.Training;
using TorchSharp;

namespace Siamese.Model.Tests.Augmentations;

public sealed class WarpTests
{
    private static readonly Warp _warp = new(rotation: 15, scaling: 0.15, shear: 0.2, shift: 0.06, elastic: 0);

    [Fact]
    public void It_agrees_with_a_naive_mapping_of_every_pixel()
    {
        using var scope = torch.NewDisposeScope();
        const int count = 5, side = 28;
        var images = SomeTensors.Images(count);
        var actual = _warp.Apply(images, SomeTensors.Generator(3)).Floats();
        var pixels = images.Floats();
        var draws = torch.rand([6, count], generator: SomeTensors.Generator(3)).Floats();

        for (var image = 0; image < count; image++)
        {
            double U(int row) => 2.0 * draws[row * count + image] - 1;
            var (sin, cos) = Math.SinCos(Math.PI / 12 * U(0));
            for (var row = 0; row < side; row++)
            {
                for (var column = 0; column < side; column++)
                {
                    // Pixel centres, scaled to −1 to 1.
                    var (x, y) = ((2 * column + 1.0) / side - 1, (2 * row + 1.0) / side - 1);
                    var fromX = cos * (1 + 0.15 * U(1)) * x + (0.2 * U(3) - sin) * y + 0.12 * U(4);
                    var fromY = sin * x + cos * (1 + 0.15 * U(2)) * y + 0.12 * U(5);
                    var expected = Bilinear(pixels.AsSpan(image * side * side), side, ((fromX + 1) * side - 1) / 2, ((fromY + 1) * side - 1) / 2);
                    Assert.Equal(expected, actual[(image * side + row) * side + column], 1e-4);
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

    private static double Bilinear(ReadOnlySpan<float> image, int side, double x, double y)
    {
        (x, y) = (Math.Clamp(x, 0, side - 1), Math.Clamp(y, 0, side - 1));
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        double sum = 0;
        for (var row = top; row <= top + 1; row++)
            for (var column = left; column <= left + 1; column++)
                if (row < side && column < side)
                    sum += image[row * side + column] * (1 - Math.Abs(x - column)) * (1 - Math.Abs(y - row));
        return sum;
    }
}
