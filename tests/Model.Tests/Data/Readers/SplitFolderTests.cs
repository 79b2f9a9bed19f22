using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class SplitFolderTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
    [InlineData("1_train", "2_val", "3_test")]
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
    [InlineData("bounding_box_train/a", "bounding_box_train/b", "bounding_box_test/a", "query/a")]
    [InlineData("train_station/a", "train_station/b", "test_tube/a")]
    [InlineData("faces-train/a", "faces-train/b", "faces-val/a")]
    public void Folders_that_may_be_splits_or_something_else_are_asked_about(params string[] classes)
    {
        _folder.WriteClasses(12, classes);
        _folder.Refuses(_folder.Path, "'folders-are'");
    }

    [Fact]
    public void The_user_says_what_folders_are()
    {
        _folder.WriteClasses(12, "train/a", "train/b", "test/a", "test/b", "else/a");
        Assert.Equal(["a", "b"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Splits }).Classes);
        Assert.Equal(["else/a", "test/a", "test/b", "train/a", "train/b"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Groups }).Classes);
        using var boxes = new DataFolder();
        boxes.WriteClasses(12, "bounding_box_train/a", "bounding_box_train/b", "bounding_box_test/a", "bounding_box_test/b", "query/a");
        Assert.Equal(["a", "b"], boxes.Open(new DataSource { FoldersAre = FoldersAre.Splits }).Classes);
        using var vehicles = new DataFolder();
        vehicles.WriteClasses(12, "train", "test", "bus");
        Assert.Equal(["bus", "test", "train"], vehicles.Open(new DataSource { FoldersAre = FoldersAre.Classes }).Classes);
        using var groups = new DataFolder();
        groups.WriteClasses(12, "greek/a", "latin/b");
        var message = Assert.Throws<BadInputException>(() => groups.Open(new DataSource { FoldersAre = FoldersAre.Splits })).Message;
        Assert.Contains("no folders of splits", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_and_test_folders_of_different_depth_are_refused()
    {
        _folder.WriteClasses(6, "train/a", "train/b", "test/greek/a");
        Assert.Contains("mixes class/image and group/class/image", Assert.Throws<BadInputException>(() => _folder.Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FoldersAre.Classes, "test", "train")]
    [InlineData(FoldersAre.Groups, "test/a", "test/b", "train/a", "train/b")]
    public void What_the_user_says_holds_in_the_only_folder_of_a_folder_too(FoldersAre are, params string[] classes)
    {
        _folder.WriteClasses(12, [.. classes.Select(name => $"archive/data/{name}")]);
        var data = _folder.Open(new DataSource { Path = _folder.At("archive"), FoldersAre = are }, file: "archive");
        Assert.Equal(classes, data.Classes);
    }
}
