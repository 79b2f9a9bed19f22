using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Grains.KnownData;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Data.Strokes;

namespace Siamese.Grains.Tests.KnownData;

public sealed class LookAlikeSearchTests
{
    private static readonly ImageShape _shape = new(16, 16);

    private readonly Random _random = new(3);

    [Fact]
    public void Nearly_the_same_images_are_found_within_a_split_and_between_two()
    {
        byte[] one = Noise(), other = Noise();
        var data = Data([one, Noise(), Nearly(one)], [Noise(), other], [Noise(), Nearly(other), Nearly(one)]);

        var found = LookAlikeSearch.Of(data, CancellationToken.None);

        Assert.Equal((8, 8), (found.Compared, found.Images));
        Assert.Equal(
            [
                new(SplitPart.Training, SplitPart.Training, 1), new(SplitPart.Training, SplitPart.Validation, 0), new(SplitPart.Training, SplitPart.Test, 1),
                new(SplitPart.Validation, SplitPart.Validation, 0), new(SplitPart.Validation, SplitPart.Test, 1), new LookAlikeCount(SplitPart.Test, SplitPart.Test, 0),
            ],
            found.Counts.ToArray());
        Assert.Equal(3, found.Examples.Length);
        Assert.All(found.Examples[..2], pair => Assert.NotEqual(pair.First.Part, pair.Second.Part));
        Assert.All(found.Examples, pair => Assert.InRange(pair.Difference, 1e-6, 0.02));
        Assert.Contains(found.Examples, pair => pair is { First: { Part: SplitPart.Validation, Index: 1 }, Second: { Part: SplitPart.Test, Index: 1 }, FirstClass: "odd" });
    }

    [Fact]
    public void A_copy_differs_by_nothing_and_a_lighter_image_is_not_nearly_the_same()
    {
        var one = Noise();
        var lighter = Array.ConvertAll(one, pixel => (byte)Math.Min(255, pixel + 40));

        var found = LookAlikeSearch.Of(Data([one], [lighter], [[.. one]]), CancellationToken.None);

        var pair = Assert.Single(found.Examples);
        Assert.Equal((SplitPart.Training, SplitPart.Test, 0.0), (pair.First.Part, pair.Second.Part, pair.Difference));
    }

    [Fact]
    public void A_cell_is_lighter_than_the_mean_or_not()
    {
        var pixels = new byte[_shape.Area];
        pixels.AsSpan(0, 2).Fill(255);
        pixels.AsSpan(16, 2).Fill(255);

        Assert.Equal(1UL << 63, LookAlikeSearch.HashOf(pixels, _shape));
    }

    [Fact]
    public void The_difference_is_a_share_of_what_an_image_differs_from_a_plain_surface() =>
        Assert.Equal(20.0 / 400, LookAlikeSearch.Difference([0, 0, 200, 180], [0, 0, 200, 200]), 9);

    [Fact]
    public void It_can_be_stopped() => Assert.Throws<OperationCanceledException>(() => LookAlikeSearch.Of(Data([Noise()], [], []), new CancellationToken(canceled: true)));

    [Fact]
    public void Pen_strokes_are_not_compared()
    {
        var nothing = new DataSplit(new ImageSet(StrokeShape.Usual, [], []));
        var data = new DataSet { Name = "", Fingerprint = "", Classes = [], Training = nothing, Validation = nothing, Test = nothing };

        Assert.Equal("Pen strokes are not compared, only images.", LookAlikeSearch.Of(data, CancellationToken.None).WhyNot);
    }

    [Fact]
    public void The_summary_counts_each_class_in_each_split_and_has_some_images_of_each()
    {
        var content = ContentSummary.Of(Data([.. Enumerable.Range(0, 11).Select(_ => Noise())], [Noise()], [])).Content(0, 1);

        Assert.Equal(2, content.Classes);
        var even = Assert.Single(content.Shown);
        Assert.Equal("even", even.Name);
        Assert.Equal([6, 1, 0], even.Images.ToArray());
        Assert.Equal([.. new[] { 0, 2, 4, 6 }.Select(index => new PlaceInSplit(SplitPart.Training, index)), new PlaceInSplit(SplitPart.Validation, 0)], even.Examples.ToArray());
    }

    private byte[] Noise()
    {
        var pixels = new byte[_shape.Area];
        _random.NextBytes(pixels);
        return pixels;
    }

    private static byte[] Nearly(byte[] pixels)
    {
        byte[] changed = [.. pixels];
        changed[7] ^= 1;
        return changed;
    }

    private static DataSet Data(byte[][] training, byte[][] validation, byte[][] test) => new()
    {
        Name = "noise",
        Fingerprint = "",
        Classes = ["even", "odd"],
        Training = Split(training),
        Validation = Split(validation),
        Test = Split(test),
    };

    private static DataSplit Split(byte[][] images) => new(new ImageSet(_shape, [.. images.SelectMany(image => image)], [.. images.Select((_, index) => index % 2)]));
}
