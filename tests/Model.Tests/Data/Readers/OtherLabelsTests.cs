using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

/// <summary>The fingerprint covers what is known about images, not just their files, so that results are not mistaken for those of other labels.</summary>
public sealed class OtherLabelsTests : IDisposable
{
    private const int Each = 12;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("path,class", "{0},{1}", "{0},{2}")]
    [InlineData("path,class,group", "{0},{1},g1", "{0},{1},g2")]
    [InlineData("path,class,split", "{0},{1},{3}", "{0},{1},{4}")]
    [InlineData("path,class,forged", "{0},{1},{5}", "{0},{1},{6}")]
    public void A_list_with_other_labels_of_the_same_images_is_other_data(string header, string row, string otherRow)
    {
        _folder.WriteClasses(Each, "a", "b", "c");
        var first = Fingerprint(row);

        Assert.NotEqual(first, Fingerprint(otherRow));
        Assert.Equal(first, Fingerprint(row));

        string Fingerprint(string format)
        {
            var rows = new[] { "a", "b", "c" }.SelectMany((folder, c) => Enumerable.Range(0, Each).Select(i => string.Format(
                null, format, $"{folder}/{i:00}.png", folder, i == 0 ? "abc"[(c + 1) % 3] : folder, i % 3 == 0 ? "test" : "train", i % 3 == 1 ? "test" : "train", i % 2, (i + 1) % 2)));
            _folder.Write("list.csv", $"{header}\n{string.Join('\n', rows)}");
            return _folder.Open(new DataSource(), "list.csv").Fingerprint;
        }
    }

    [Fact]
    public void A_pattern_that_finds_other_classes_in_the_same_names_makes_other_data()
    {
        foreach (var (i, name) in Enumerable.Range(0, 3).SelectMany(a => Enumerable.Range(0, 3).SelectMany(b => Enumerable.Range(0, Each).Select(n => $"{a}-{b}-{n}.png"))).Index())
            _folder.Write(name, SomeImages.Png(i));

        Assert.NotEqual(_folder.Open(new DataSource { ClassFrom = "{class}-*" }).Fingerprint, _folder.Open(new DataSource { ClassFrom = "*-{class}-{n}.png" }).Fingerprint);
    }

    [Theory]
    [InlineData("train/a", "train/b", "test/a", "test/b")]
    [InlineData("Training/a", "Training/b", "Testing/a", "Testing/b")]
    [InlineData("train/a", "train/b", "dev/a", "dev/b")]
    public void The_same_folders_as_splits_or_as_groups_are_different_data(params string[] classes)
    {
        _folder.WriteClasses(Each, classes);

        Assert.NotEqual(_folder.Open().Fingerprint, _folder.Open(new DataSource { FoldersAre = FoldersAre.Groups }).Fingerprint);
    }

    [Fact]
    public void The_same_folders_as_kinds_or_as_classes_are_different_data()
    {
        _folder.WriteClasses(Each, "genuine/a", "genuine/b", "forged/a", "forged/b");

        Assert.NotEqual(_folder.Open().Fingerprint, _folder.Open(new DataSource { FoldersAre = FoldersAre.Groups }).Fingerprint);
    }

    [Fact]
    public void A_class_in_two_groups_is_refused_with_both_readings()
    {
        _folder.WriteClasses(Each, "a", "b");
        _folder.Write("list.csv", "path,class,group\n" + string.Join('\n', new[] { "a", "b" }.SelectMany(name => Enumerable.Range(0, Each).Select(i => $"{name}/{i:00}.png,{name},session{i % 2}"))));

        var message = _folder.Refusal(file: "list.csv");

        Assert.Contains("has the class a in the groups session0 and session1", message, StringComparison.Ordinal);
        Assert.Contains("If these are two classes, give them different names, such as session0/a; if they are one, leave the group out.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_classes_that_differ_only_in_case_or_spaces_are_reported()
    {
        _folder.WriteClasses(Each, "Anna", "anna", "an_na", "bob", "+", "-");

        var data = _folder.Open();

        Assert.Equal(6, data.Classes.Count);
        Assert.Contains("Classes with nearly the same name, which are read as different classes: 3, such as Anna and an_na.", data.Remarks);
    }

    [Fact]
    public void Names_of_classes_in_several_groups_are_reported_with_the_way_to_join_them()
    {
        _folder.WriteClasses(Each, "fold1/a", "fold1/b", "fold2/a", "fold2/b", "fold2/c");

        var data = _folder.Open();

        Assert.Equal(5, data.Classes.Count);
        Assert.Contains("Names of classes in more than one group: 2, such as fold1/a and fold2/a. They are read as different classes; if they are the same, add 'class-from' '*/{class}/*'.", data.Remarks);
        Assert.Equal(["a", "b", "c"], _folder.Open(new DataSource { ClassFrom = "*/{class}/*" }).Classes.Order());
    }

    [Fact]
    public void A_refusal_for_too_few_classes_says_what_was_left_out()
    {
        _folder.WriteClasses(Each, "images/a", "images/b");
        foreach (var (from, to) in new[] { ("images/a", "masks/a"), ("images/b", "masks/b") })
        {
            foreach (var file in Directory.GetFiles(_folder.At(from)))
                _folder.Write($"{to}/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }

        _folder.Refuses("has 0 classes with at least two images", "because the same picture is in two classes: 48");
    }

    [Fact]
    public void A_folder_with_one_class_and_a_list_beside_it_is_refused_with_a_hint()
    {
        _folder.WriteClasses(Each, "images");
        _folder.Write("labels.csv", "Image,Id\n");
        _folder.Write("more.tar.gz", "x");

        _folder.Refuses("has 1 class with at least two images", $"If {_folder.At("labels.csv")} lists the images, give it with 'data'. If {_folder.At("more.tar.gz")} contains the images, unpack it.");
    }

    [Fact]
    public void Copies_in_other_formats_make_other_data_than_without_them()
    {
        _folder.WriteClasses(Each, "a", "b");
        var pixels = SomeImages.Pixels(77, DataFolder.Small);
        _folder.Write("a/one.png", PngWriter.Write(pixels, DataFolder.Small));
        _folder.Write("a/two.png", PngWriter.Write(SomeImages.Pixels(78, DataFolder.Small), DataFolder.Small));
        var before = _folder.Open().Fingerprint;

        _folder.Write("a/two.png", [.. "P5 8 8 255\n"u8, .. pixels]);

        Assert.NotEqual(before, _folder.Open().Fingerprint);
    }
}
