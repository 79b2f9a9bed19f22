using Siamese.Client.Commands.Uploads;
using Siamese.Client.Tests.LocalSilo;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Tests.Commands.Uploads;

public sealed class LocalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_images_includes_the_images_that_a_silo_reads()
    {
        foreach (var file in new[] { "loose.png", "a/loose.png", "a/b/2.PNG", "a/b/10.jpg", "a/x/1.bmp", "a/x/too/deep.png", "a/.hidden.png", ".git/1.png", "a/x/notes.txt", "c/d/1.pgm", "c/d/1.jpeg", "c/d/2.webp", "c/e/1.tif", "c/e/2.gif", "c/e/3.heic", "c/e/3.png", "c/e/4.png", "c/e/5.png" })
            _folder.File($"my digits/{file}");

        var data = Find($"{_folder.Path}/my digits/");

        Assert.Equal(("my digits", null), (data.Name, data.Table));
        Assert.Equal(["a/b/10.jpg", "a/b/2.PNG", "a/x/1.bmp", "c/d/1.jpeg", "c/d/1.pgm", "c/d/2.webp", "c/e/1.tif", "c/e/2.gif", "c/e/3.png", "c/e/4.png", "c/e/5.png"], data.Files);
        Assert.All(data.Files, file => Assert.True(File.Exists(data.PathOf(file))));
        Assert.Contains("Files left out because they are HEIC images, which cannot be read: 1, such as c/e/3.heic.", data.Remarks);
        Assert.Contains("Images left out because they are not in a class folder: 1, such as loose.png.", data.Remarks);
    }

    [Fact]
    public void Each_part_of_a_split_folder_is_searched_to_the_same_depth()
    {
        foreach (var file in new[] { "train/greek/1/1.png", "val/latin/1/1.png", "test/latin/2/1.png", "test/latin/2/deep/1.png" })
            _folder.File(file);

        Assert.Equal(["test/latin/2/1.png", "train/greek/1/1.png", "val/latin/1/1.png"], Find(_folder.Path).Files);
    }

    [Fact]
    public void A_folder_of_idx_files_includes_only_those()
    {
        foreach (var file in new[] { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "emnist-letters-test-images-idx3-ubyte", "README", "a/1.png" })
            _folder.File(file);

        Assert.Equal(
            ["emnist-letters-test-images-idx3-ubyte", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte"],
            Find(_folder.Path).Files);
    }

    [Fact]
    public void A_file_of_vectors_includes_the_files_beside_it_that_say_what_its_rows_are()
    {
        foreach (var file in new[] { "x.npy", "x.ids.txt", "x.labels.csv", "y.ids.txt", "x.npz", "1.png" })
            _folder.File(file);

        var data = Find($"{_folder.Path}/x.npy");

        Assert.Equal(("x.npy", "x.npy"), (data.Name, data.Table));
        Assert.Equal(["x.ids.txt", "x.labels.csv", "x.npy"], data.Files);
        Assert.Equal(["x.npz"], Find($"{_folder.Path}/x.npz").Files);
    }

    [Fact]
    public void Links_are_followed_but_not_in_a_circle()
    {
        _folder.File("elsewhere/1.png");
        _folder.File("data/a/1.png");
        Directory.CreateSymbolicLink($"{_folder.Path}/data/b", $"{_folder.Path}/elsewhere");
        Directory.CreateSymbolicLink($"{_folder.Path}/data/a/again", $"{_folder.Path}/data");

        Assert.Equal(["a/1.png", "b/1.png"], Find($"{_folder.Path}/data").Files);
    }

    [Fact]
    public void A_csv_includes_itself_and_the_files_it_names_below_their_common_folder()
    {
        _folder.File("set/images/1.png");
        _folder.File("set/lists/more/2.png");
        _folder.File("set/lists/left out.png");
        var csv = _folder.File("set/lists/pairs.csv", "left,right,label\n../images/1.png,more/2.png,1\n\n,,\nmore/2.png,../images/1.png,0\n");

        var data = Find(csv);

        Assert.Equal(("pairs.csv", $"{_folder.Path}/set", "lists/pairs.csv", false), (data.Name, data.Folder, data.Table, data.NamesFullPaths));
        Assert.Equal(["images/1.png", "lists/more/2.png", "lists/pairs.csv"], data.Files);
        Assert.Equal("lists", data.ListFolder);
        Assert.Empty(data.Remarks);
    }

    [Fact]
    public void A_csv_can_name_images_by_their_full_path()
    {
        var image = _folder.File("far/away/1.png");
        var csv = _folder.File("here/pairs.csv", $"{image},{image},1\n");

        var data = Find(csv);

        Assert.Equal((_folder.Path, "here/pairs.csv", true), (data.Folder, data.Table, data.NamesFullPaths));
        Assert.Equal(["far/away/1.png", "here/pairs.csv"], data.Files);
    }

    [Fact]
    public void A_list_beside_its_folder_of_images_says_where_they_are()
    {
        _folder.File("set/images/1.png");
        _folder.File("set/images/2.png");
        var data = Find(_folder.File("set/lists/pairs.csv", "1.png,2.png,same\n"));

        Assert.Equal(($"{_folder.Path}/set", "images"), (data.Folder, data.ListFolder));
        Assert.Equal(["images/1.png", "images/2.png", "lists/pairs.csv"], data.Files);
        Assert.Equal($"The paths in pairs.csv are relative to {_folder.Path}/set/images.", Assert.Single(data.Remarks));
    }

    [Fact]
    public void A_csv_without_a_header_still_names_its_images_if_a_label_is_invalid()
    {
        _folder.File("1.png");
        _folder.File("2.png");
        // The silo reports the wrong label; for that it needs the images.
        Assert.Equal(["1.png", "2.png", "pairs.csv"], Find(_folder.File("pairs.csv", "1.png,2.png,perhaps\n")).Files);
    }

    [Fact]
    public void A_csv_that_names_a_missing_image_is_refused_with_its_row()
    {
        _folder.File("1.png");
        var csv = _folder.File("pairs.csv", "1.png,1.png,1\n1.png,lost.png,0\n");

        var refusal = Assert.Throws<BadInputException>(() => Find(csv));

        Assert.Contains($"{csv} row 2 names 'lost.png', but the file {_folder.Path}/lost.png does not exist", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_with_an_open_quote_is_refused_with_its_row() =>
        Assert.Contains("row 1 cannot be parsed", Refusal(_folder.File("pairs.csv", "\"1.png,2.png,1\n")), StringComparison.Ordinal);

    [Fact]
    public void A_folder_without_data_and_a_file_that_is_not_data_are_refused()
    {
        _folder.File("empty/notes.txt", "Dear diary, today\nI read, a lot\n");
        Assert.Contains($"contains no {DataFiles.Formats} images", Refusal($"{_folder.Path}/empty"), StringComparison.Ordinal);
        Assert.Contains("no column with names of image files", Refusal($"{_folder.Path}/empty/notes.txt"), StringComparison.Ordinal);
    }

    private static LocalData Find(string path) => LocalData.Find(new DataSource { Path = path });

    private static string Refusal(string path) => Assert.Throws<BadInputException>(() => Find(path)).Message;
}
