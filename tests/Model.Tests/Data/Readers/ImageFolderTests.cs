using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Readers;
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
            _folder.Write($"b/{i}.bmp", SomeImages.Bmp(9, 5, (x, y) => (i, (byte)(20 * x), (byte)y)));
            _folder.Write($"b/{i}.pgm", $"P2 2 2 255 {i} 90 90 90 ");
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
    [InlineData("train/a", "other/a")]
    [InlineData("bus", "train")]
    [InlineData("bus", "test", "validation")]
    public void Folders_without_a_pair_of_splits_are_ordinary_classes_and_groups(params string[] classes)
    {
        _folder.WriteClasses(6, classes);
        Assert.Equal(classes.Order(StringComparer.Ordinal), _folder.Open().Classes);
    }

    [Theory]
    [InlineData("training", null, "testing")]
    [InlineData("Train", null, "Test")]
    [InlineData("train_set", null, "test_set")]
    [InlineData("train", "valid", "test")]
    [InlineData("TRAIN", "dev", "TEST")]
    [InlineData("train", "Validation", "holdout")]
    [InlineData("train-images", "val-images", "test-images")]
    [InlineData("trainset", "devset", "testset")]
    [InlineData("train", "val", null)]
    [InlineData("training", "valid", null)]
    public void Splits_are_recognised_by_their_usual_names(string training, string? validation, string? test)
    {
        string[] parts = [.. new[] { training, validation, test }.OfType<string>()];
        _folder.WriteClasses(12, [.. parts.SelectMany(part => new[] { $"{part}/a", $"{part}/b" })]);
        var data = _folder.Open();
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal(24 * parts.Length, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Equal(validation is null ? 4 : 24, data.Validation.Images.Count);
        Assert.Equal(test is null ? 4 : 24, data.Test.Images.Count);
    }

    [Theory]
    [InlineData("models/readme.txt")]
    [InlineData("__MACOSX/train/a/._01.png")]
    [InlineData("checkpoints/best/weights.bin")]
    public void Other_folders_without_images_beside_splits_are_left_out_with_a_remark(string other)
    {
        _folder.WriteClasses(12, "train/a", "train/b", "test/a", "test/b");
        _folder.Write(other, "x");
        var data = _folder.Open();
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Contains($"Folders beside those of the splits are left out: {other.Split('/')[0]}.", data.Remarks);
    }

    [Theory]
    [InlineData("train/a", "train/b", "test/a", "test/b", "else/a")]
    [InlineData("train/a", "train/b", "test/a", "test/b", "else")]
    [InlineData("train", "test", "bus", "car")]
    [InlineData("train/a", "training/a", "test/a", "test/b")]
    public void Folders_that_may_be_splits_or_something_else_are_asked_about(params string[] classes)
    {
        _folder.WriteClasses(12, classes);
        Refused(_folder.Path, "'folders-are'");
    }

    [Fact]
    public void The_user_says_what_folders_are()
    {
        _folder.WriteClasses(12, "train/a", "train/b", "test/a", "test/b", "else/a");
        Assert.Equal(["a", "b"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Splits }).Classes);
        Assert.Equal(["else/a", "test/a", "test/b", "train/a", "train/b"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Groups }).Classes);
        using var vehicles = new DataFolder();
        vehicles.WriteClasses(12, "train", "test", "bus");
        Assert.Equal(["bus", "test", "train"], vehicles.Open(new DataSource { FoldersAre = FoldersAre.Classes }).Classes);
        using var groups = new DataFolder();
        groups.WriteClasses(12, "greek/a", "latin/b");
        var message = Assert.Throws<BadInputException>(() => groups.Open(new DataSource { FoldersAre = FoldersAre.Splits })).Message;
        Assert.Contains("no folders of splits", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_one_level_too_deep_are_found_if_they_are_in_one_folder()
    {
        _folder.WriteClasses(12, "train/g1/a", "train/g1/b", "train/g2/c");
        var data = _folder.Open();
        Assert.Equal(["g1/a", "g1/b", "g2/c"], data.Classes);
        Assert.Contains(data.Remarks, remark => remark.StartsWith($"Read from {_folder.At("train")},", StringComparison.Ordinal));
        _folder.WriteClasses(12, "more/g3/d");
        Refused(_folder.At("more"), "several data sets");
    }

    [Fact]
    public void A_stray_folder_does_not_reject_a_data_set()
    {
        _folder.WriteClasses(12, "a", "b", "a/thumbs");
        foreach (var thumb in Directory.GetFiles(_folder.At("a/thumbs")).Skip(1))
            File.Delete(thumb);
        var data = _folder.Open();
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Contains("Images left out because they are below the folders of classes: 1, in a/thumbs.", data.Remarks);
    }

    [Theory]
    [InlineData("{class}_{n}.png", "ann_1.png", "ann")]
    [InlineData("original_{class}_{n}.png", "original_7_24.png", "7")]
    [InlineData("{n}_{class}.png", "01_ann.png", "ann")]
    [InlineData("*-{class}.*", "2020-ann.png", "ann")]
    [InlineData("(?<class>[0-9]{4})_[0-9]{2}", "0709_17.png", "0709")]
    [InlineData("{group}/{class}/*/{n}.png", "greek/alpha/deep/1.png", "alpha")]
    public void The_class_is_found_in_the_names_of_images(string pattern, string example, string name)
    {
        var other = example.Replace(name, name == "7" ? "8" : "0815", StringComparison.Ordinal);
        for (var i = 0; i < 8; i++)
        {
            _folder.Write(Numbered(example, i), SomeImages.Png(i));
            _folder.Write(Numbered(other, i), SomeImages.Png(100 + i));
        }

        _folder.Write("notes 1.png", SomeImages.Png(999));
        var data = _folder.Open(new DataSource { ClassFrom = pattern });
        Assert.Equal(2, data.Classes.Count);
        Assert.Contains(name, data.Classes);
        Assert.Equal(16, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Contains(data.Remarks, remark => remark.Contains("does not fit their names: 1, such as notes 1.png", StringComparison.Ordinal));

        // The number that is not the class.
        static string Numbered(string path, int i) => path.Contains("24", StringComparison.Ordinal) ? path.Replace("24", $"{i + 10}", StringComparison.Ordinal)
            : path.Contains("17", StringComparison.Ordinal) ? path.Replace("17", $"{i + 10}", StringComparison.Ordinal)
            : path.Contains("2020", StringComparison.Ordinal) ? path.Replace("2020", $"{i + 10}", StringComparison.Ordinal)
            : path.Replace("1.", $"{i + 10}.", StringComparison.Ordinal).Replace("01_", $"{i + 10}_", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{n}.png", "{class}")]
    [InlineData("(?<class>[", "not a valid pattern")]
    [InlineData("{class}.bmp", "fits none")]
    public void A_pattern_without_classes_is_refused(string pattern, string reason)
    {
        _folder.WriteClasses(4, "a", "b");
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => _folder.Open(new DataSource { ClassFrom = pattern })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_in_two_classes_is_left_out_whatever_its_format()
    {
        _folder.WriteClasses(12, "a", "b");
        var twin = SomeImages.Pixels(5555, DataFolder.Small);
        _folder.Write("a/twin.png", PngWriter.Write(twin, DataFolder.Small));
        _folder.Write("b/twin.pgm", [.. "P5 8 8 255\n"u8, .. twin]);
        var data = _folder.Open();
        Assert.Equal(24, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Contains(data.Remarks, remark => remark.StartsWith("Images left out because the same picture is in two classes: 2, such as ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_picture_saved_in_two_formats_stays_in_one_split()
    {
        _folder.WriteClasses(12, "a", "b");
        foreach (var png in Directory.GetFiles(_folder.Path, "*.png", SearchOption.AllDirectories))
            File.WriteAllBytes(Path.ChangeExtension(png, ".pgm"), [.. "P5 8 8 255\n"u8, .. ImageReader.Read(File.ReadAllBytes(png), png, DataFolder.Small)]);
        var data = _folder.Open();
        var contents = new[] { data.Training, data.Validation, data.Test }
            .Select(split => Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])).ToHashSet()).ToArray();
        Assert.Equal(24, contents.Sum(split => split.Count));
    }

    [Fact]
    public void Transparent_images_give_another_fingerprint_than_in_earlier_builds_which_read_them_differently()
    {
        _folder.WriteClasses(12, "a", "b");
        _folder.Write("a/ink.png", SomeImages.Encoded(new SKColor(0, 0, 0, 0), SKEncodedImageFormat.Png, left: SKColors.Black));
        (string Name, byte[])[] files = [.. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(_folder.Path, file), SHA256.HashData(File.ReadAllBytes(file)))).OrderBy(file => file.Item1, StringComparer.Ordinal)];
        Assert.NotEqual(ContentHash.Of(files).Fingerprint(SplitBy.Image, null), _folder.Open().Fingerprint);
        File.Delete(_folder.At("a/ink.png"));
        Assert.Equal(ContentHash.Of(files.Where(file => !file.Name.EndsWith("ink.png", StringComparison.Ordinal))).Fingerprint(SplitBy.Image, null), _folder.Open().Fingerprint);
    }

    [Fact]
    public void Pictures_that_are_nearly_the_same_are_counted()
    {
        _folder.WriteClasses(12, "a", "b");
        var near = ImageReader.Read(File.ReadAllBytes(_folder.At("a/00.png")), "a", DataFolder.Small);
        near[3] ^= 1;
        _folder.Write("a/near.png", PngWriter.Write(near, DataFolder.Small));
        var remark = Assert.Single(_folder.Open().Remarks);
        Assert.StartsWith($"Images that look nearly like another one: 1, such as {_folder.At("a/00.png")} and {_folder.At("a/near.png")}.", remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, 0, "The images are dark ink on a light background.")]
    [InlineData(0, 255, "The images are light ink on a dark background.")]
    public void The_tone_of_the_ink_is_reported(byte paper, byte ink, string remark)
    {
        var random = new Random(1);
        foreach (var name in "ab")
        {
            for (var i = 0; i < 12; i++)
                _folder.Write($"{name}/{i}.png", PngWriter.Write([.. Enumerable.Range(0, 64).Select(_ => random.Next(5) == 0 ? ink : paper)], DataFolder.Small));
        }

        Assert.Contains(remark, _folder.Open().Remarks);
        for (var i = 0; i < 2; i++)
            _folder.Write($"a/other{i}.png", PngWriter.Write([.. Enumerable.Range(0, 64).Select(_ => random.Next(5) == 0 ? paper : ink)], DataFolder.Small));
        Assert.Contains(_folder.Open().Remarks, text => text.Contains("2 of 26 are the other way round, such as ", StringComparison.Ordinal));
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
        Assert.Equal(3, data.Remarks.Count);
        Assert.Contains($"Files left out because they are not {DataFiles.Formats}: 1, such as readme.txt.", data.Remarks);
        Assert.Contains("Files left out because they are hidden: 2, such as a/.DS_Store.", data.Remarks);
        Assert.Contains("Folders left out because they contain no images: 1, such as empty.", data.Remarks);
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
    public void A_class_with_one_image_is_left_out_with_a_remark()
    {
        _folder.WriteClasses(8, "a", "b");
        var before = _folder.Open().Fingerprint;
        _folder.Write("lonely/1.png", SomeImages.Png(77));
        var data = _folder.Open();
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal(before, data.Fingerprint);
        Assert.Equal("Classes left out because they have only one image: 1, such as lonely.", Assert.Single(data.Remarks));
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
    public void All_bad_images_are_named_at_once_and_left_out_on_request()
    {
        _folder.WriteClasses(30, "a", "b");
        for (var i = 0; i < 25; i++)
            _folder.Write($"a/bad{i:00}.png", "no image");
        var message = _folder.Refusal();
        Assert.Contains("has 25 problems", message, StringComparison.Ordinal);
        Assert.Contains("a/bad19.png", message, StringComparison.Ordinal);
        Assert.DoesNotContain("a/bad20.png", message, StringComparison.Ordinal);
        Assert.Contains("and 5 more", message, StringComparison.Ordinal);
        Assert.Contains("'skip-unreadable'", message, StringComparison.Ordinal);

        var data = _folder.Open(new DataSource { SkipsUnreadable = true });
        Assert.Equal(60, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Contains("25 problems", Assert.Single(data.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_images_are_named_in_order()
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
