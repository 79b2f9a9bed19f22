using Siamese.Contracts.Tuning;
using Siamese.Model.Augmentations;
using Siamese.Model.Tests.Networks;
using TorchSharp;

namespace Siamese.Model.Tests.Augmentations;

public sealed class InputChangeTests
{
    private static readonly Dictionary<string, InputChange> _changes = new()
    {
        ["stroke"] = new StrokeWidth(1),
        ["warp"] = new Warp(15, 0.15, 0.2, 0.06, 0.05),
        ["blur"] = new GaussianBlur(1),
        ["noise"] = new GaussianNoise(0.2),
        ["flip"] = new Flip(),
        ["crop"] = new Crop(0.4),
        ["jitter"] = new ColourJitter(0.4),
        ["erasing"] = new Erasing(0.3),
    };

    public static TheoryData<string> Names => [.. _changes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Changes_keep_shape_and_range_and_differ_from_image_to_image(string name)
    {
        using var scope = torch.NewDisposeScope();
        var copies = SomeTensors.Images(1).expand(20, 1, 28, 28);
        var changed = _changes[name].Apply(copies, SomeTensors.Generator(1));

        Assert.Equal(copies.shape, changed.shape);
        Assert.All(changed.Floats(), value => Assert.InRange(value, -1e-5f, 1.00001f));
        // A blur of a fifth of a pixel changes nothing; half of the images are not mirrored, or not covered.
        var fewest = name switch { "blur" => 10, "flip" => 2, "erasing" => 5, _ => 20 };
        Assert.InRange(changed.Floats().Chunk(784).Select(image => string.Join(' ', image)).Distinct().Count(), fewest, 20);
    }

    /// <summary>Noise differs from channel to channel.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Every_channel_of_an_image_changes_alike(string name)
    {
        if (name == "noise")
            return;
        using var scope = torch.NewDisposeScope();
        var grey = torch.rand([6, 1, 20, 34], generator: SomeTensors.Generator(5));

        var changed = _changes[name].Apply(grey, SomeTensors.Generator(1)).Floats();
        var inColour = _changes[name].Apply(grey.repeat(1, 3, 1, 1), SomeTensors.Generator(1));

        Assert.Equal([6, 3, 20, 34], inColour.shape);
        for (var channel = 0; channel < 3; channel++)
            Assert.All(inColour.select(1, channel).Floats().Zip(changed), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_change_and_another_seed_a_different_one(string name)
    {
        using var scope = torch.NewDisposeScope();
        float[] Changed(int seed) => _changes[name].Apply(SomeTensors.Images(3), SomeTensors.Generator(seed)).Floats();
        Assert.Equal(Changed(1), Changed(1));
        Assert.NotEqual(Changed(1), Changed(2));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_uniform_image_stays_uniform_up_to_its_edges_if_pixels_only_move(string name)
    {
        if (name is "noise" or "jitter" or "erasing")
            return;
        using var scope = torch.NewDisposeScope();
        Assert.All(_changes[name].Apply(torch.ones(2, 1, 28, 28), SomeTensors.Generator(1)).Floats(), value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void A_stroke_becomes_wider_or_narrower_by_at_most_the_configured_amount()
    {
        using var scope = torch.NewDisposeScope();
        var bar = torch.zeros(200, 1, 28, 28);
        bar[torch.TensorIndex.Colon, torch.TensorIndex.Colon, torch.TensorIndex.Colon, torch.TensorIndex.Slice(12, 16)] = torch.ones(200, 1, 28, 4);
        var widths = new StrokeWidth(0.5).Apply(bar, SomeTensors.Generator(1)).sum(3).select(2, 14).Floats();

        Assert.All(widths, width => Assert.InRange(width, 3 - 1e-4, 5 + 1e-4));
        Assert.True(widths.Max() > 4.8 && widths.Min() < 3.2);
        Assert.Equal(4, widths.Average(), 0.15);
    }

    [Fact]
    public void A_blur_agrees_with_a_naive_implementation()
    {
        using var scope = torch.NewDisposeScope();
        var images = SomeTensors.Images(3);
        var actual = new GaussianBlur(1.2).Apply(images, SomeTensors.Generator(4)).Floats();
        var sigmas = torch.rand([1, 3], generator: SomeTensors.Generator(4)).Floats().Select(u => Math.Max(0.05, 1.2 * Math.Abs((2 * u) - 1))).ToArray();
        var pixels = images.Floats();

        for (var image = 0; image < 3; image++)
        {
            foreach (var (row, column) in new[] { (0, 0), (13, 14), (27, 3) })
            {
                var (sum, weights) = (0.0, 0.0);
                for (var y = -4; y <= 4; y++)
                {
                    for (var x = -4; x <= 4; x++)
                    {
                        var weight = Math.Exp(-((y * y) + (x * x)) / (2 * sigmas[image] * sigmas[image]));
                        weights += weight;
                        sum += weight * pixels[(image * 784) + (Math.Clamp(row + y, 0, 27) * 28) + Math.Clamp(column + x, 0, 27)];
                    }
                }

                Assert.Equal(sum / weights, actual[(image * 784) + (row * 28) + column], 1e-4);
            }
        }
    }

    [Fact]
    public void Half_of_the_images_are_mirrored()
    {
        using var scope = torch.NewDisposeScope();
        var images = SomeTensors.Images(1).expand(400, 1, 28, 28);
        var (original, mirrored) = (images[0].Floats(), images[0].flip(2).Floats());

        var flipped = new Flip().Apply(images, SomeTensors.Generator(1)).Floats().Chunk(784).Count(image => image.SequenceEqual(mirrored));

        Assert.InRange(flipped, 160, 240);
        Assert.Equal(400 - flipped, new Flip().Apply(images, SomeTensors.Generator(1)).Floats().Chunk(784).Count(image => image.SequenceEqual(original)));
    }

    [Fact]
    public void A_crop_enlarges_a_part_of_the_image()
    {
        using var scope = torch.NewDisposeScope();
        // The value of a pixel is its column as a share of the width, so that the part can be read off.
        var ramp = torch.linspace(0.5 / 40, 39.5 / 40, 40).view(1, 1, 1, 40).expand(300, 1, 30, 40);

        var rows = new Crop(0.4).Apply(ramp, SomeTensors.Generator(1)).select(2, 15).Floats().Chunk(40).ToArray();

        var parts = rows.Select(row => (Share: (row[30] - row[10]) / 20 * 40, Middle: (row[19] + row[20]) / 2)).ToArray();
        Assert.All(parts, part =>
        {
            Assert.InRange(part.Share, 0.6 - 1e-4, 1 + 1e-4);
            Assert.InRange(part.Middle, part.Share / 2 - 1e-4, 1 - (part.Share / 2) + 1e-4);
        });
        Assert.True(parts.Min(part => part.Share) < 0.63 && parts.Max(part => part.Share) > 0.97);
    }

    [Fact]
    public void Jitter_changes_brightness_contrast_and_saturation_within_its_strength()
    {
        using var scope = torch.NewDisposeScope();
        var grey = new ColourJitter(0.2).Apply(torch.full([400, 1, 8, 8], 0.5f), SomeTensors.Generator(1)).select(2, 0).select(2, 0).Floats();
        Assert.All(grey, value => Assert.InRange(value, 0.4f - 1e-5f, 0.6f + 1e-5f));
        Assert.True(grey.Min() < 0.41 && grey.Max() > 0.59);

        var red = torch.zeros(400, 3, 8, 8);
        red.select(1, 0).fill_(0.5f);
        var spread = new ColourJitter(0.2).Apply(red, SomeTensors.Generator(1)).select(2, 0).select(2, 0).Floats().Chunk(3).Select(rgb => rgb[0] - rgb[1]).ToArray();
        Assert.True(spread.Min() < 0.45 && spread.Max() > 0.55);
    }

    [Fact]
    public void A_rectangle_of_half_of_the_images_is_covered_with_one_shade()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.full([600, 1, 40, 60], -1f);

        var covered = new Erasing(0.25).Apply(images, SomeTensors.Generator(1)).Floats().Chunk(2400)
            .Select(image => image.Where(value => value >= 0).ToArray()).Where(values => values.Length > 0).ToArray();

        Assert.InRange(covered.Length, 240, 340);
        Assert.All(covered, values => Assert.Single(values.Distinct()));
        Assert.All(covered, values => Assert.InRange(values.Length / 2400.0, 0, 0.28));
        Assert.True(covered.Max(values => values.Length) > 0.2 * 2400);
    }

    [Fact]
    public void Noise_varies_in_strength_up_to_the_configured_maximum()
    {
        using var scope = torch.NewDisposeScope();
        var noise = new GaussianNoise(0.2).Apply(torch.full([400, 1, 28, 28], 0.5f), SomeTensors.Generator(1)).Floats().Chunk(784);
        var deviations = noise.Select(image => Math.Sqrt(image.Average(value => Math.Pow(value - image.Average(), 2)))).ToArray();

        Assert.InRange(deviations.Max(), 0.17, 0.21);
        Assert.Equal(0.1, deviations.Average(), 0.01);
    }

    [Fact]
    public void A_trial_applies_the_changes_that_its_hyperparameters_ask_for()
    {
        Assert.Empty(InputChange.Of(new Hyperparameters { Augment = false }));
        Assert.IsType<Warp>(Assert.Single(InputChange.Of(new Hyperparameters())));
        Assert.Empty(InputChange.Of(new Hyperparameters { Rotation = 0, Scaling = 0, Shear = 0, Shift = 0 }));
        Assert.Equal(
            [typeof(StrokeWidth), typeof(Warp), typeof(GaussianBlur), typeof(GaussianNoise)],
            InputChange.Of(new Hyperparameters { Stroke = 0.5, Blur = 1, Noise = 0.1 }).Select(change => change.GetType()));
    }
}
