using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Data;
using Siamese.Model.Data.Inputs;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Strokes;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

/// <summary>Data sets of pen strokes, and of drawings that there are as images and as strokes.</summary>
public sealed class StrokeFolderTests : IDisposable
{
    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_folder_without_images_is_read_as_pen_strokes()
    {
        WriteStrokes(8, "a", "b");

        var data = _data.Open();

        Assert.Equal(InputKinds.Strokes, data.Kinds);
        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal(16, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Equal(StrokeShape.Usual, data.Training.Images.Shape);
        Assert.Null(data.TypicalSize);
    }

    [Fact]
    public void Files_that_may_be_strokes_do_not_hide_images_in_a_wrong_place_or_format()
    {
        _data.Write("annotations/0.json", "[[[1,2],[3,4]]]");
        _data.Write("0.png", SomeImages.Png(1));
        Assert.Contains("contains images but no class folders", _data.Refusal(), StringComparison.Ordinal);

        File.Delete(_data.At("0.png"));
        _data.Write("annotations/1.heic", "x");
        Assert.Contains("contains no PNG", _data.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Strokes_are_read_in_the_wanted_shape_as_verdicts_read_them()
    {
        WriteStrokes(8, "a", "b");
        var shape = new StrokeShape(32, Contracts.Tuning.Resample.Arc);

        var images = Open(shape).Training.Images;

        Assert.Equal(shape, images.Shape);
        byte[][] read = [.. Directory.EnumerateFiles(_data.Path, "*.csv", SearchOption.AllDirectories).Select(file => ItemReader.Read(File.ReadAllBytes(file), file, shape))];
        Assert.All(Enumerable.Range(0, images.Count), i => Assert.Contains(read, bytes => bytes.AsSpan().SequenceEqual(images[i])));
    }

    [Fact]
    public void Images_take_precedence_and_strokes_beside_them_are_reported_as_left_out()
    {
        _data.WriteClasses(8, "a", "b");
        WriteStrokes(8, "a", "b");

        var data = _data.Open();

        Assert.Equal(InputKinds.Images, data.Kinds);
        Assert.Contains(data.Remarks, remark => remark.StartsWith("Files left out because they are not PNG", StringComparison.Ordinal) && remark.Contains(": 16, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Stated_as_both_the_same_drawings_are_in_the_same_splits_as_images_and_as_strokes()
    {
        _data.WriteClasses(9, "a", "b");
        WriteStrokes(8, "a", "b"); // The ninth image of each class has no strokes.
        var both = new DataSource { Inputs = InputKinds.Both };

        var (images, strokes) = (Open(DataFolder.Small, both), Open(StrokeShape.Usual, both));

        Assert.Equal((InputKinds.Both, InputKinds.Both), (images.Kinds, strokes.Kinds));
        Assert.Equal(images.Fingerprint, strokes.Fingerprint);
        Assert.Equal((DataFolder.Small, StrokeShape.Usual), ((InputShape)images.Training.Images.Shape, strokes.Training.Images.Shape));
        Assert.Equal(images.Training.Images.Labels, strokes.Training.Images.Labels);
        Assert.Contains(images.Remarks, remark => remark.StartsWith("Images left out because no file of pen strokes with the same name is beside them: 2, ", StringComparison.Ordinal));
        // Each drawing's strokes are those of the image with its name.
        for (var i = 0; i < images.Test.Images.Count; i++)
        {
            var png = Directory.EnumerateFiles(_data.Path, "*.png", SearchOption.AllDirectories).Single(file => ItemReader.Read(File.ReadAllBytes(file), file, DataFolder.Small).AsSpan().SequenceEqual(images.Test.Images[i]));
            Assert.Equal(ItemReader.Read(File.ReadAllBytes(Path.ChangeExtension(png, ".csv")), png, StrokeShape.Usual), strokes.Test.Images[i].ToArray());
        }
    }

    [Fact]
    public void Another_file_of_strokes_beside_the_same_images_is_other_data()
    {
        _data.WriteClasses(8, "a", "b");
        WriteStrokes(8, "a", "b");
        var before = Open(DataFolder.Small, new() { Inputs = InputKinds.Both }).Fingerprint;

        _data.Write("a/00.csv", Csv(77));

        Assert.NotEqual(before, Open(DataFolder.Small, new() { Inputs = InputKinds.Both }).Fingerprint);
    }

    [Fact]
    public void Copies_of_a_drawing_in_two_formats_are_left_out_if_they_are_in_two_classes()
    {
        WriteStrokes(8, "a", "b");
        _data.Write("a/copy.csv", Csv(500));
        _data.Write("b/copy.json", "[" + string.Join(',', "[" + string.Join(',', Points(500).Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.X},{point.Y},{point.Time}]"))) + "]") + "]");

        Assert.Contains(_data.Open().Remarks, remark => remark.StartsWith("Images left out because the same picture is in two classes: 2, ", StringComparison.Ordinal));
    }

    [Fact]
    public void Forged_strokes_are_recognised_by_their_folders()
    {
        WriteStrokes(6, "ann/genuine", "ann/forged", "bob/genuine", "bob/forged", "eve/genuine", "eve/forged", "joe/genuine", "joe/forged", "kim/genuine", "kim/forged", "lea/genuine", "lea/forged");

        var data = _data.Open(new DataSource { SplitBy = SplitBy.Class });

        Assert.Equal(6, data.Classes.Count);
        Assert.NotNull(data.Training.GivenPairs);
    }

    [Fact]
    public void Files_in_one_folder_are_read_with_a_pattern_and_lists_name_strokes_too()
    {
        for (var i = 0; i < 16; i++)
            _data.Write($"U{i / 8}S{i % 8}.TXT", Csv(i));
        _data.Write("list.csv", "file,class\n" + string.Join('\n', Enumerable.Range(0, 16).Select(i => $"U{i / 8}S{i % 8}.TXT,{i / 8}")));

        Assert.Equal(["0", "1"], _data.Open(new DataSource { ClassFrom = "U{class}S{n}.TXT" }).Classes);
        var listed = _data.Open(file: "list.csv");
        Assert.Equal((InputKinds.Strokes, 2), (listed.Kinds, listed.Classes.Count));
    }

    [Fact]
    public void A_list_of_pairs_can_be_of_strokes()
    {
        for (var i = 0; i < 40; i++)
            _data.Write($"{i:00}.csv", Csv(i));
        _data.Write("pairs.csv", "a,b,relation\n" + string.Join('\n', Enumerable.Range(0, 20).SelectMany(i => new[] { $"{2 * i:00}.csv,{(2 * i) + 1:00}.csv,same", $"{2 * i:00}.csv,{((2 * i) + 3) % 40:00}.csv,different" })));

        var data = _data.Open(file: "pairs.csv");

        Assert.Equal(InputKinds.Strokes, data.Kinds);
        Assert.NotEmpty(data.Test.GivenPairs!);
    }

    [Theory]
    [InlineData("a/03.csv", "x,y,t\n1,2,0\n2,nan,1\n", "a/03.csv, line 3: the y is missing or not")]
    [InlineData("a/03.csv", "x,y,t\n1,2,0\n2,3,100\n4,4,50\n", "a/03.csv, line 4: time runs backwards, fr")]
    [InlineData("a/03.csv", "x,y,t\n1,2,0\n", "a/03.csv is a single point")]
    [InlineData("b/05.csv", "a shopping list\n", "b/05.csv is not in a known format of pen strokes.")]
    public void A_bad_file_is_refused_with_its_name_the_line_and_the_reason(string file, string text, string reason)
    {
        WriteStrokes(8, "a", "b");
        _data.Write(file, text);

        Assert.Contains(reason, _data.Refusal().Replace(_data.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains(_data.Open(new DataSource { SkipsUnreadable = true }).Remarks, remark => remark.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_among_strokes_and_strokes_among_images_are_named_as_such()
    {
        WriteStrokes(8, "a", "b");
        _data.Write("a/03.csv", SomeImages.Png(1));
        Assert.Contains("03.csv is an image, and pen strokes are needed.", _data.Refusal(), StringComparison.Ordinal);

        _data.WriteClasses(8, "a", "b");
        _data.Write("b/02.png", Csv(1));
        Assert.Contains("02.png contains pen strokes, and an image is needed.", _data.Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist-mini", "'inputs' needs a folder or a list of files, and mnist-mini is not one. Leave it out.")]
    public void What_the_files_are_cannot_be_stated_for_data_without_files(string name, string message) =>
        Assert.Equal(message.Replace("mnist-mini", name, StringComparison.Ordinal), Assert.Throws<BadInputException>(() => DataSets.Open(new DataSource { Inputs = InputKinds.Strokes }, DataFolder.Small, CancellationToken.None)).Message);

    private Model.Data.Splits.DataSet Open(InputShape shape, DataSource? source = null) =>
        DataSets.Open((source ?? new DataSource()) with { Path = _data.Path }, shape, CancellationToken.None);

    private void WriteStrokes(int each, params string[] classes)
    {
        foreach (var (label, name) in classes.Index())
        {
            for (var i = 0; i < each; i++)
                _data.Write($"{name}/{i:00}.csv", Csv((100 * label) + i));
        }
    }

    private static string Csv(int seed) =>
        "x,y,t\n" + string.Concat(Points(seed).Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X},{point.Y},{point.Time}\n")));

    private static IEnumerable<(int X, int Y, int Time)> Points(int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, 20).Select(i => (random.Next(100), random.Next(100), 10 * i));
    }
}
