using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Tests.Data.Images;
using SkiaSharp;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class ImageFolderTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_folder_is_a_class_and_every_image_is_in_one_split()
    {
        _folder.WriteClasses(20, "b", "a", "C");
        var data = _folder.Open();
        Assert.Equal(["C", "a", "b"], data.Classes);
        Assert.Equal((42, 9, 9), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.Empty(data.Remarks);
        Assert.Equal(System.IO.Path.GetFileName(_folder.Path), data.Name);
        Assert.Null(data.Training.GivenPairs);
    }

    [Fact]
    public void Png_jpeg_bmp_and_pgm_images_of_any_size_can_be_mixed()
    {
        _folder.WriteClasses(6, "a", "b");
        for (byte i = 0; i < 4; i++)
        {
            _folder.Write($"a/{i}.JPG", SomeImages.Encoded(new SKColor(i, 0, 0), SKEncodedImageFormat.Jpeg, 30, 20));
            _folder.Write($"b/{i}.bmp", SomeImages.Bmp(9, 5, (x, y) => (i, (byte)x, (byte)y)));
            _folder.Write($"b/{i}.pgm", $"P2 2 2 255 {i} 9 9 9 ");
        }

        var data = _folder.Open();
        Assert.Equal(24, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
    }

    [Fact]
    public void A_class_in_a_group_folder_is_named_with_its_group()
    {
        _folder.WriteClasses(6, "greek/1", "greek/2", "latin/1");
        Assert.Equal(["greek/1", "greek/2", "latin/1"], _folder.Open().Classes);
    }

    [Fact]
    public void Train_val_and_test_folders_are_the_splits_whether_or_not_they_share_classes()
    {
        _folder.WriteClasses(6, "train/greek/1", "train/greek/2", "val/latin/1", "val/latin/2", "test/greek/1", "test/runes/1");
        var data = _folder.Open();

        Assert.Equal(["greek/1", "greek/2", "latin/1", "latin/2", "runes/1"], data.Classes);
        Assert.Equal((12, 12, 12), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.Equal([0, 1], data.Training.Images.Labels.Distinct());
        Assert.Equal([2, 3], data.Validation.Images.Labels.Distinct());
        Assert.Equal([0, 4], data.Test.Images.Labels.Distinct());
    }

    [Fact]
    public void Without_a_validation_folder_a_sixth_of_training_becomes_validation()
    {
        _folder.WriteClasses(12, "training/a", "training/b", "test/a", "test/b");
        var data = _folder.Open();
        Assert.Equal((20, 4, 24), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
    }

    [Theory]
    [InlineData("train", "test")]
    [InlineData("train/a", "other/a")]
    [InlineData("train/a", "test/a", "else/a")]
    public void Train_and_test_folders_with_images_or_other_siblings_are_ordinary_classes_and_groups(params string[] classes)
    {
        _folder.WriteClasses(6, classes);
        Assert.Equal(classes.Order(StringComparer.Ordinal), _folder.Open().Classes);
    }

    [Fact]
    public void Train_and_test_folders_of_different_depth_are_refused()
    {
        _folder.WriteClasses(6, "train/a", "train/b", "test/greek/a");
        Assert.Contains("mixes class/image and group/class/image", Assert.Throws<BadInputException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SplitBy.Class)]
    [InlineData(SplitBy.Group)]
    public void Classes_or_groups_are_never_shared_between_splits(SplitBy splitBy)
    {
        _folder.WriteClasses(3, [.. Enumerable.Range(0, 20).Select(i => $"g{i % 10}/c{i}")]);
        var data = _folder.Open(splitBy);
        var splits = new[] { data.Training, data.Validation, data.Test };
        var names = splits.Select(split => split.Images.Labels.Select(label => Name(data.Classes[label])).ToHashSet()).ToArray();
        Assert.Empty(names[0].Intersect(names[1]).Concat(names[0].Intersect(names[2])).Concat(names[1].Intersect(names[2])));
        Assert.Equal([36, 12, 12], splits.Select(split => split.Images.Count));

        string Name(string name) => splitBy == SplitBy.Group ? name.Split('/')[0] : name;
    }

    [Theory]
    [InlineData(SplitBy.Image)]
    [InlineData(SplitBy.Class)]
    public void No_image_is_in_two_splits_even_if_the_folder_has_it_twice(SplitBy splitBy)
    {
        _folder.WriteClasses(12, "a", "b", "c", "d", "e", "f");
        foreach (var label in "abcdef")
        {
            for (var i = 0; i < 12; i += 2)
                File.Copy(_folder.At($"{label}/{i:00}.png"), _folder.At($"{label}/copy{i}.png"));
        }

        var data = _folder.Open(splitBy);
        var contents = new[] { data.Training, data.Validation, data.Test }
            .Select(split => Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])).ToHashSet()).ToArray();
        Assert.Equal(72, contents.Sum(split => split.Count));
        Assert.Equal(72, contents.SelectMany(split => split).Distinct().Count());
    }

    [Fact]
    public void A_folder_gives_the_same_data_wherever_it_is()
    {
        _folder.WriteClasses(10, "a", "b");
        using var moved = new DataFolder();
        moved.WriteClasses(10, "b");
        foreach (var file in Directory.GetFiles(_folder.At("b")))
            moved.Write($"b/{System.IO.Path.GetFileName(file)}", File.ReadAllBytes(file));
        foreach (var file in Directory.GetFiles(_folder.At("a")))
            moved.Write($"a/{System.IO.Path.GetFileName(file)}", File.ReadAllBytes(file));
        var (first, second) = (_folder.Open(), moved.Open());
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(first.Training.Images.Pixels, second.Training.Images.Pixels);
        Assert.Equal(first.Test.Images.Labels, second.Test.Images.Labels);
    }

    [Fact]
    public void Any_change_changes_the_fingerprint()
    {
        _folder.WriteClasses(10, "a", "b", "c", "d", "e", "f");
        var seen = new HashSet<string> { _folder.Open().Fingerprint, _folder.Open(SplitBy.Class).Fingerprint };
        File.Move(_folder.At("a/00.png"), _folder.At("a/99.png"));
        seen.Add(_folder.Open().Fingerprint);
        _folder.Write("b/00.png", SomeImages.Png(77));
        seen.Add(_folder.Open().Fingerprint);
        File.Delete(_folder.At("c/00.png"));
        seen.Add(_folder.Open().Fingerprint);
        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public void Hidden_and_other_files_are_skipped_with_a_remark()
    {
        _folder.WriteClasses(10, "a", "b");
        var before = _folder.Open().Fingerprint;
        _folder.Write("a/.DS_Store", "x");
        _folder.Write("a/._00.png", "x");
        _folder.Write("readme.txt", "x");
        _folder.Write(".git/x.png", "x");
        Directory.CreateDirectory(_folder.At("empty"));
        var data = _folder.Open();
        Assert.Equal(before, data.Fingerprint);
        Assert.Equal(2, data.Remarks.Count);
        Assert.Contains("Files left out", data.Remarks[0], StringComparison.Ordinal);
        Assert.Contains(": 3, such as readme.txt", data.Remarks[0], StringComparison.Ordinal);
        Assert.Contains("empty", data.Remarks[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Circular_links_do_not_loop_forever()
    {
        _folder.WriteClasses(10, "a", "b");
        Directory.CreateSymbolicLink(_folder.At("a/up"), "..");
        Directory.CreateSymbolicLink(_folder.At("a/self"), ".");
        Directory.CreateSymbolicLink(_folder.At("ping"), "pong");
        Directory.CreateSymbolicLink(_folder.At("pong"), "ping");
        Assert.Equal(["a", "b"], _folder.Open().Classes);
    }

    [Fact]
    public void An_empty_folder_is_refused()
    {
        Refused(_folder.Path, "no PNG");
        Directory.CreateDirectory(_folder.At("a"));
        Refused(_folder.Path, "no PNG");
    }

    [Fact]
    public void Images_without_class_folders_are_refused()
    {
        _folder.Write("1.png", SomeImages.Png(1));
        Refused(_folder.Path, "their own folder");
    }

    [Fact]
    public void Mixed_depths_are_refused()
    {
        _folder.WriteClasses(3, "a", "g/b");
        Refused("g/b", "mixes");
    }

    [Fact]
    public void A_class_with_one_image_is_named()
    {
        _folder.WriteClasses(8, "a", "b");
        _folder.WriteClasses(1, "lonely");
        Refused(_folder.At("lonely"), "only one image");
    }

    [Fact]
    public void A_single_class_is_refused()
    {
        _folder.WriteClasses(20, "a");
        Refused(_folder.Path, "two are needed");
    }

    [Fact]
    public void Too_few_images_are_refused_with_advice()
    {
        _folder.WriteClasses(5, "a", "b");
        Refused(_folder.Path, "'split-by' class");
        _folder.WriteClasses(6, "a", "b");
        Assert.Equal(4, _folder.Open().Validation.Images.Count);
    }

    [Theory]
    [InlineData(SplitBy.Class, "6")]
    [InlineData(SplitBy.Group, "no groups")]
    public void Too_few_classes_or_no_groups_are_refused(SplitBy splitBy, string reason)
    {
        _folder.WriteClasses(8, "a", "b", "c", "d", "e");
        Assert.Contains(reason, _folder.Refusal(splitBy), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_groups_are_refused()
    {
        _folder.WriteClasses(8, "g/a", "g/b", "h/c", "i/d", "j/e", "k/f");
        Assert.Contains("5 groups", _folder.Refusal(SplitBy.Group), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_bad_image_in_order_is_named()
    {
        _folder.WriteClasses(30, "a", "b");
        _folder.Write("a/20.png", SomeImages.Png(1)[..60]);
        _folder.Write("a/25.png", "no image");
        _folder.Write("b/03.png", []);
        for (var i = 0; i < 10; i++)
            Refused(_folder.At("a/20.png"), "trunc");
        _folder.Write("a/20.png", SomeImages.PngHeader(10_000, 10_001));
        Refused(_folder.At("a/20.png"), "50 megapixels");
    }

    [Fact]
    public void A_broken_link_is_named()
    {
        _folder.WriteClasses(8, "a", "b");
        File.CreateSymbolicLink(_folder.At("b/gone.png"), "/nowhere/at/all.png");
        Refused(_folder.At("b/gone.png"), "cannot be read");
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        _folder.WriteClasses(8, "a", "b");
        Assert.Throws<OperationCanceledException>(() =>
            DataSets.Open(new DataSource { Path = _folder.Path }, DataFolder.Small, new CancellationToken(canceled: true)));
    }

    private void Refused(string file, string reason)
    {
        var message = _folder.Refusal();
        Assert.Contains(file, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
