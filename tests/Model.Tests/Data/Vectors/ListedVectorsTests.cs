using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Data.Lists;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Readers;
using Siamese.Model.Data.Vectors;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data.Vectors;

/// <summary>Lists that name rows of a file of vectors.</summary>
public sealed class ListedVectorsTests : IDisposable
{
    private static readonly string[] _ids = [.. SomeVectors.Classes.Select((_, i) => $"/photos/{i / 3}/{i}.png")];

    private readonly DataFolder _folder = new();

    public ListedVectorsTests()
    {
        _folder.Write("named.npz", SomeVectors.Npz(("X", SomeVectors.Npy(SomeVectors.Values)), ("ids", SomeVectors.Npy(_ids))));
        _folder.Write("plain.npy", SomeVectors.Npy(SomeVectors.Values));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("named.npz", "path,label\n", "/photos/{1}/{0}.png")]
    [InlineData("named.npz", "", "{0}.png")]
    [InlineData("named.npz", "label,image\n", @"C:\elsewhere\photos\{1}\{0}.png")]
    [InlineData("plain.npy", "row,label\n", "{0}")]
    [InlineData("plain.npy", "", "{0}")]
    public void A_list_names_rows_by_ids_by_the_end_of_ids_or_by_numbers(string features, string header, string name)
    {
        _folder.Write("list.csv", header + string.Concat(SomeVectors.Classes.Select((ofClass, i) =>
            string.Format(System.Globalization.CultureInfo.InvariantCulture, name, i, i / 3) is var row && header.StartsWith("label", StringComparison.Ordinal) ? $"{ofClass},{row}\n" : $"{row},{ofClass}\n")));

        var data = Whole("list.csv", features);

        Assert.Equal(InputKinds.Vectors, data.Kinds);
        Assert.Equal(SomeVectors.Classes, data.Images.Labels.Select(label => data.Classes[label]));
    }

    [Fact]
    public void A_list_may_have_groups_splits_and_forgeries_and_name_only_some_rows()
    {
        _folder.Write("list.csv", "row,writer,split,forged\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{23 - i},w{i % 2},{(i < 12 ? "train" : i < 18 ? "val" : "test")},{(i % 3 == 0 ? 1 : 0)}\n")));

        var data = DataSets.Open(Source("list.csv", "plain.npy"), VectorShape.Any, CancellationToken.None);

        Assert.Equal((12, 6, 6), (data.Training.Images.Count, data.Validation.Images.Count, data.Test.Images.Count));
        Assert.Equal(4, data.Training.Forged!.Count(isForged => isForged));
    }

    [Theory]
    [InlineData("named.npz", "{0}.png")]
    [InlineData("plain.npy", "{0}")]
    public void A_list_of_pairs_names_rows(string features, string name)
    {
        string Name(int row) => string.Format(System.Globalization.CultureInfo.InvariantCulture, name, row);
        _folder.Write("pairs.csv", "first,second,relation\n" + string.Concat(Enumerable.Range(0, 21).Select(i => $"{Name(i)},{Name(i + (i % 2 == 0 ? 3 : 1))},{(i % 2 == 0 ? "same" : "different")}\n")));

        var data = DataSets.OpenWhole(Source("pairs.csv", features), VectorShape.Any, CancellationToken.None);

        Assert.Equal((21, 23), (data.GivenPairs!.Length, data.Images.Count));
        Assert.Equal(Relation.Same, data.GivenPairs[0].Relation);
    }

    [Fact]
    public void Triplets_become_pairs()
    {
        _folder.Write("triplets.csv", "anchor,positive,negative\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i},{i + 3},{i + 1}\n")));

        Assert.Equal(40, DataSets.OpenWhole(Source("triplets.csv", "plain.npy"), VectorShape.Any, CancellationToken.None).GivenPairs!.Length);
    }

    [Theory]
    [InlineData("image,label\n/photos/0/0.png,a\n/photos/0/99.png,b\n/photos/0/1.png,b\n", "named.npz", "row 3 names '/photos/0/99.png', but named.npz has no such id, or several that end like it; it has /photos/0/0.png")]
    [InlineData("row,label\n0,a\n24,b\n1,a\n", "plain.npy", "row 3 names '24', but plain.npy has no such row")]
    [InlineData("image,label\nx,a\ny,b\n", "named.npz", "has no column with ids of")]
    [InlineData("0,1,2,3,4\n5,6,7,8,9\n", "plain.npy", "has 5 columns that may name rows of")]
    [InlineData("", "plain.npy", "contains no rows. Write an id of plain.npy and a class in each, such as 0,anna.")]
    public void Rows_that_do_not_exist_are_refused(string list, string features, string reason)
    {
        _folder.Write("list.csv", list);

        Assert.Contains(reason, Assert.Throws<BadInputException>(() => Whole("list.csv", features)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_needed_and_ids_must_be_unique()
    {
        _folder.Write("list.csv", "image,label\na,x\na,y\n");
        Assert.Contains("'features' needs a list as 'data'", Assert.Throws<BadInputException>(() => Whole(".", "plain.npy")).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist. Give 'features' a file of vectors", Assert.Throws<BadInputException>(() => Whole("list.csv", "none.npy")).Message, StringComparison.Ordinal);
        Assert.Contains("has the id a in row 0 and in row 2", Assert.Throws<BadInputException>(() => new VectorRows("x.npz", 3, ["a", "b", "a"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_from_elsewhere_reads_no_file_of_vectors_outside_its_folder()
    {
        _folder.Write("list.csv", "row,label\n0,a\n1,b\n");
        var within = new ReadingAids(new MovedFolder(null, Directory.CreateDirectory(_folder.At("inside")).FullName));

        Assert.Contains("does not exist", Assert.Throws<BadInputException>(() => DataSets.Open(Source("list.csv", "plain.npy"), VectorShape.Any, CancellationToken.None, within)).Message, StringComparison.Ordinal);
    }

    private WholeData Whole(string list, string features) => DataSets.OpenWhole(Source(list, features), VectorShape.Any, CancellationToken.None);

    private DataSource Source(string list, string features) => new() { Path = _folder.At(list), Features = _folder.At(features) };
}
