using System.Security.Cryptography;
using Siamese.Contracts.Data;
using Siamese.Contracts.Tuning;
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
    public void The_typical_size_is_the_median_of_heights_and_widths()
    {
        foreach (var (i, (height, width)) in new[] { (10, 30), (12, 60), (11, 20), (90, 40), (8, 50) }.Index())
        {
            foreach (var name in new[] { "a", "b" })
            {
                for (var copy = 0; copy < 4; copy++)
                    _folder.Write($"{name}/{i}-{copy}.png", PngWriter.Write(SomeImages.Pixels((100 * i) + (10 * copy) + name[0], new(height, width)), new(height, width)));
            }
        }

        Assert.Equal(new ImageSize(11, 40), _folder.Open().TypicalSize);
    }

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
    public void Images_one_level_too_deep_are_found_if_they_are_in_one_folder()
    {
        _folder.WriteClasses(12, "train/g1/a", "train/g1/b", "train/g2/c");
        var data = _folder.Open();
        Assert.Equal(["g1/a", "g1/b", "g2/c"], data.Classes);
        Assert.Contains(data.Remarks, remark => remark.StartsWith($"Read from {_folder.At("train")},", StringComparison.Ordinal));
        _folder.WriteClasses(12, "more/g3/d");
        _folder.Refuses(_folder.At("more"), "several data sets");
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
        _folder.Refuses(_folder.Path, "no PNG");
        Directory.CreateDirectory(_folder.At("a"));
        _folder.Refuses(_folder.Path, "no PNG");
    }

    [Fact]
    public void Images_without_class_folders_are_refused()
    {
        _folder.Write("1.png", SomeImages.Png(1));
        _folder.Refuses(_folder.Path, "their own folder");
    }

    [Fact]
    public void Mixed_depths_are_refused()
    {
        _folder.WriteClasses(3, "a", "g/b");
        _folder.Refuses("g/b", "mixes");
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
        _folder.Refuses(_folder.Path, "two are needed");
    }

    [Fact]
    public void Too_few_images_are_refused_with_advice()
    {
        _folder.WriteClasses(5, "a", "b");
        _folder.Refuses(_folder.Path, "'split-by' class");
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
            _folder.Refuses(_folder.At("a/20.png"), "trunc");
        _folder.Write("a/20.png", SomeImages.PngHeader(10_000, 10_001));
        _folder.Refuses(_folder.At("a/20.png"), "50 megapixels");
    }

    [Fact]
    public void A_broken_link_is_named()
    {
        _folder.WriteClasses(8, "a", "b");
        File.CreateSymbolicLink(_folder.At("b/gone.png"), "/nowhere/at/all.png");
        _folder.Refuses(_folder.At("b/gone.png"), "cannot be read");
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        _folder.WriteClasses(8, "a", "b");
        Assert.Throws<OperationCanceledException>(() =>
            DataSets.Open(new DataSource { Path = _folder.Path }, DataFolder.Small, new CancellationToken(canceled: true)));
    }
}
