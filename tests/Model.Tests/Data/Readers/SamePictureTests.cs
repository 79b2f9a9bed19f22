using Siamese.Contracts.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class SamePictureTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
}
