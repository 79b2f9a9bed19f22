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

    /// <summary>Every option that says something about one kind of data only.</summary>
    public static TheoryData<string, DataSource> Options => new()
    {
        { "'label-means'", new DataSource { LabelMeans = Relation.Same } },
        { "'folders-are'", new DataSource { FoldersAre = FoldersAre.Classes } },
        { "'class-from'", new DataSource { ClassFrom = "{class}_{n}.png" } },
        { "'skip-unreadable'", new DataSource { SkipsUnreadable = true } },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_is_refused_for_data_that_it_says_nothing_about(string option, DataSource source)
    {
        using var folder = new DataFolder();
        folder.WriteClasses(12, "a", "b");
        folder.Write("images.csv", "path,class\na/00.png,a\nb/00.png,b");
        folder.Write("pairs.csv", "a/00.png,a/01.png,same\na/00.png,b/00.png,different");
        folder.Write("idx/train-images-idx3-ubyte", "x");
        string? Refusing(string? file) => Record.Exception(() => folder.Open(source, file)) is BadInputException { Message: var message } && message.StartsWith(option, StringComparison.Ordinal)
            && message.EndsWith("Leave it out.", StringComparison.Ordinal) ? file ?? "folder" : null;

        var refusing = new[] { Refusing(null), Refusing("idx"), Refusing("images.csv"), Refusing("pairs.csv") }.OfType<string>();

        Assert.StartsWith($"{option} needs", Refusal(source), StringComparison.Ordinal);
        Assert.Equal(
            option switch
            {
                "'label-means'" => ["folder", "idx", "images.csv"],
                "'skip-unreadable'" => ["idx"],
                _ => ["idx", "images.csv", "pairs.csv"],
            },
            refusing);
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
        DataSets.Open(new DataSource { SplitBy = splitBy }, ImageShape.Digits, CancellationToken.None);

    private static string Refusal(DataSource source) =>
        Assert.Throws<BadInputException>(() => DataSets.Open(source, ImageShape.Digits, CancellationToken.None)).Message;

    private static DataSplit[] Splits(DataSet data) => [data.Training, data.Validation, data.Test];
}
