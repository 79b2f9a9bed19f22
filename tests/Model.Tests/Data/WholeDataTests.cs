using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Evaluations;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Tests.Data.Images;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data;

public sealed class WholeDataTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_contains_every_image_with_its_class_group_and_drawer()
    {
        foreach (var (character, i) in new[] { "greek/alpha", "greek/beta", "latin/a" }.Select((name, i) => (name, i)))
            foreach (var drawer in new[] { 1, 2, 17 })
                _folder.Write($"{character}/{i:0000}_{drawer:00}.png", SomeImages.Png((100 * i) + drawer));

        var data = Open();

        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2], data.Images.Labels);
        Assert.Equal([0, 0, 1], data.GroupOfClass!);
        Assert.Equal([1, 2, 17, 1, 2, 17, 1, 2, 17], data.Drawers!);
        Assert.False(data.BringsTest);
        _folder.Write("latin/a/more.png", SomeImages.Png(999));
        Assert.Null(Open().Drawers);
    }

    [Theory]
    [InlineData(SplitBy.Image)]
    [InlineData(SplitBy.Class)]
    [InlineData(SplitBy.Group)]
    public void Its_test_images_match_those_of_the_data_set_that_a_sweep_trains_on(SplitBy splitBy)
    {
        WriteGroups();
        var trained = _folder.Open(splitBy);

        var data = Open();

        Assert.Equal(splitBy, data.SplitOf(trained.Fingerprint));
        Assert.Equal(trained.Test.Images.Pixels, data.Images.Select(data.TestImages(splitBy)).Pixels);
        Assert.Equal(60, data.Images.Count);
        Assert.Null(data.SplitOf("others"));
    }

    [Fact]
    public void For_a_csv_it_contains_every_pair()
    {
        WritePairs();
        var trained = _folder.Open(SplitBy.Image, Relation.Same, "pairs.csv");

        // Whatever a 1 is stated to mean now, this is still the data that was trained on.
        var data = DataSets.OpenWhole(new DataSource { Path = _folder.At("pairs.csv"), LabelMeans = Relation.Different }, DataFolder.Small, CancellationToken.None);

        Assert.Equal((60, 80), (data.GivenPairs!.Length, data.Images.Count));
        Assert.Equal(SplitBy.Image, data.SplitOf(trained.Fingerprint));
        Assert.Equal(trained.Test.Images.Pixels, data.Images.Select(data.TestImages(SplitBy.Image)).Pixels);
    }

    [Fact]
    public void Training_data_and_data_with_test_images_are_evaluated_on_their_test_images()
    {
        WriteGroups();
        var (data, trainedOn) = (Open(), _folder.Open(SplitBy.Group).Fingerprint);

        var own = EvaluationImages.Choose(data, trainedOn, stated: null, wanted: null);
        Assert.Equal((SplitBy.Group, true), (own.SplitBy, own.IsTrainedOn));
        Assert.Equal(data.TestImages(SplitBy.Group), own.Chosen);

        var all = EvaluationImages.Choose(data, trainedOn, null, ImageChoice.All);
        Assert.Equal((null, true, 60), (all.SplitBy, all.IsTrainedOn, all.Chosen.Length));
        Assert.Contains("split by group", Assert.Throws<BadInputException>(() => EvaluationImages.Choose(data, trainedOn, SplitBy.Class, null)).Message, StringComparison.Ordinal);

        var digits = DataSets.OpenWhole(DataSource.MnistMini, ImageShape.Digits, CancellationToken.None);
        var brought = EvaluationImages.Choose(digits, trainedOn, null, null);
        Assert.Equal((SplitBy.Image, false, 10_000), (brought.SplitBy, brought.IsTrainedOn, brought.Chosen.Length));
    }

    [Fact]
    public void Other_data_is_evaluated_as_a_whole_unless_a_split_is_requested()
    {
        WriteGroups();
        var data = Open();

        Assert.Equal((null, false, 60), Of(null, null));
        Assert.Equal((SplitBy.Class, false, data.TestImages(SplitBy.Class).Length), Of(SplitBy.Class, null));
        Assert.Equal((null, false, 60), Of(SplitBy.Class, ImageChoice.All));
        Assert.Equal((SplitBy.Image, false, data.TestImages(SplitBy.Image).Length), Of(null, ImageChoice.Test));

        (SplitBy?, bool, int) Of(SplitBy? stated, ImageChoice? wanted) =>
            EvaluationImages.Choose(data, "others", stated, wanted) is var images ? (images.SplitBy, images.IsTrainedOn, images.Chosen.Length) : default;
    }

    [Fact]
    public void Identical_images_are_found_in_other_sets()
    {
        byte[] pixels = [1, 2, /* */ 3, 4, /* */ 1, 2, /* */ 5, 6];
        var images = new ImageSet(new ImageShape(1, 2), pixels, [0, 1, 2, 3]);

        Assert.Equal(2, SameImages.Count(images, [0, 1, 2], images.Select([2]), images.Select([3])));
        Assert.Equal(0, SameImages.Count(images, [0, 1, 2], images.Select([3])));
        Assert.Throws<ArgumentException>(() => SameImages.Count(images, [0], new ImageSet(new ImageShape(2, 1), [1, 2], [0])));
    }

    private WholeData Open() => DataSets.OpenWhole(new DataSource { Path = _folder.Path }, DataFolder.Small, CancellationToken.None);

    private void WriteGroups() => _folder.WriteClasses(6, [.. Enumerable.Range(0, 10).Select(i => $"group{i % 6}/class{i}")]);

    private void WritePairs()
    {
        for (var i = 0; i < 80; i++)
            _folder.Write($"{i}.png", SomeImages.Png(i));
        _folder.Write("pairs.csv", string.Join('\n', Enumerable.Range(0, 20).SelectMany(w =>
            new[] { $"{4 * w}.png,{(4 * w) + 1}.png,1", $"{(4 * w) + 2}.png,{(4 * w) + 3}.png,1", $"{4 * w}.png,{(4 * w) + 2}.png,0" })));
    }
}
