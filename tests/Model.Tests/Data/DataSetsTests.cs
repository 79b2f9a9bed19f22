using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data;

public sealed class DataSetsTests
{
    [Fact]
    public void Mnist_mini_has_1000_1000_and_10000_images_of_ten_classes()
    {
        var data = Open();
        Assert.Equal("mnist-mini", data.Name);
        Assert.Equal([1000, 1000, 10_000], Splits(data).Select(split => split.Images.Count));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), data.Classes);
        Assert.All(Splits(data), split => Assert.All(
            split.Images.Labels.CountBy(label => label), of => Assert.InRange(of.Value, split.Images.Count * 0.07, split.Images.Count * 0.13)));
        Assert.Empty(data.Remarks);
    }

    [Fact]
    public void Mnist_minis_splits_share_no_image()
    {
        var all = Splits(Open()).SelectMany(split => Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])));
        Assert.Equal(12_000, all.Distinct().Count());
    }

    [Fact]
    public void Mnist_minis_fingerprint_and_order_of_test_images_are_stable()
    {
        var data = Open();
        Assert.Equal(Open().Fingerprint, data.Fingerprint);
        Assert.Equal([7, 2, 1, 0, 4, 1, 4, 9, 5, 9], data.Test.Images.Labels[..10]);
        Assert.NotEqual(Open(SplitBy.Class).Fingerprint, data.Fingerprint);
    }

    [Fact]
    public void Shuffles_and_fingerprints_never_change()
    {
        // They identify finished trials. If you change them on purpose, raise ContentHash.Version.
        Assert.Equal([4, 2, 8, 1, 9, 3, 0, 6, 7, 5], new SeededShuffle(1).Order(10));
        Assert.Equal("22dbe1213dd1498df9fee83f7455de25f75faec8daad81b93a6121f0a7d3c86b", Open().Fingerprint);
        Assert.Equal("59bdb174a0ef2baaa387dc78139ba9e7e3bd1b9f2264191f7aac9df9009de730", Open(SplitBy.Class).Fingerprint);
    }

    [Fact]
    public void Mnist_mini_can_be_split_by_class()
    {
        var data = Open(SplitBy.Class);
        Assert.Equal([6, 2, 2], Splits(data).Select(split => split.Images.Labels.Distinct().Count()));
        Assert.Equal(12_000, Splits(data).Sum(split => split.Images.Count));
    }

    [Fact]
    public void Mnist_mini_has_no_groups() =>
        Assert.Contains("no groups", Assert.Throws<BadInputException>(() => Open(SplitBy.Group)).Message, StringComparison.Ordinal);

    [Fact]
    public void Label_means_is_refused_without_a_csv()
    {
        var source = new DataSource { LabelMeans = Relation.Same };
        Assert.Contains("'label-means'", Refusal(source), StringComparison.Ordinal);
        using var folder = new DataFolder();
        Assert.Contains("'label-means'", folder.Refusal(labelMeans: Relation.Different), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_does_not_exist_is_named() =>
        Assert.Contains("/no/such/folder", Refusal(new DataSource { Path = "/no/such/folder/" }), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_a_csv_is_refused()
    {
        using var folder = new DataFolder();
        folder.Write("pairs.txt", "a.png,b.png,1");
        Assert.Contains("pairs.txt", folder.Refusal(file: "pairs.txt"), StringComparison.Ordinal);
    }

    private static DataSet Open(SplitBy splitBy = SplitBy.Image) =>
        DataSets.Open(new DataSource { SplitBy = splitBy }, InputShape.Digits, CancellationToken.None);

    private static string Refusal(DataSource source) =>
        Assert.Throws<BadInputException>(() => DataSets.Open(source, InputShape.Digits, CancellationToken.None)).Message;

    private static DataSplit[] Splits(DataSet data) => [data.Training, data.Validation, data.Test];
}
