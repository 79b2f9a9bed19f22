using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class ClassPatternTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    public void A_pattern_and_a_statement_about_folders_contradict_each_other()
    {
        _folder.WriteClasses(4, "a", "b");
        Assert.Contains("Leave one of them out", Assert.Throws<BadInputException>(() => _folder.Open(new DataSource { ClassFrom = "{class}_{n}.png", FoldersAre = FoldersAre.Classes })).Message, StringComparison.Ordinal);
    }
}
