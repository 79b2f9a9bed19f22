using System.Text.Json;

namespace Siamese.Client.Tests.Commands.Galleries;

/// <summary>`enroll`, `identify`, `enrolled` and `forget`.</summary>
public sealed class EnrollCommandTests : IDisposable
{
    private readonly ClientRun _client = new();

    public EnrollCommandTests() => Directory.CreateDirectory(_client.Home);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_person_is_enrolled_with_some_images_and_found_with_another()
    {
        Assert.Equal(0, await Run("enroll", "anna", Image(10), Image(12)));
        Assert.Equal("Enrolled 2 images with ensemble mine in 0 s.\n", _client.Out);
        Assert.Equal(0, await Run("enroll", "anna", Image(12)));
        Assert.EndsWith("Enrolled 0 images with ensemble mine in 0 s; 1 image already enrolled.\n", _client.Out, StringComparison.Ordinal);
        Assert.Equal(0, await Run("enroll", "berta klein", Image(40)));

        Assert.Equal(0, await Run("identify", Image(11), "--top", "2"));
        Assert.EndsWith(
            "anna         same: probability of same 50.00 %, distance 1.000 (same up to 1.020)\n"
            + "berta klein  different: probability of same 3.33 %, distance 29.000 (same up to 1.020)\n"
            + "searched 3 enrolled images; ensemble mine, version 4, 7.2 ms\n", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_nobody_is_close_enough_the_output_says_so_first_and_then_lists_the_nearest()
    {
        await Run("enroll", "anna", Image(10));
        var start = _client.Out.Length;

        Assert.Equal(0, await Run("identify", Image(13)));
        Assert.StartsWith("No match: nobody enrolled is close enough. The nearest:\nanna  different: ", _client.Out[start..], StringComparison.Ordinal);

        start = _client.Out.Length;
        Assert.Equal(0, await _client.Run("identify", Image(13), "--ensemble", "mine@2", "--format", "json"));
        var document = JsonDocument.Parse(_client.Out[start..]).RootElement;
        Assert.Equal(JsonValueKind.Null, document.GetProperty("identified").ValueKind);
        Assert.Equal(2, document.GetProperty("version").GetInt32());
        var match = Assert.Single(document.GetProperty("matches").EnumerateArray());
        Assert.Equal(("anna", "different", 3.0), (match.GetProperty("name").GetString(), match.GetProperty("verdict").GetString(), match.GetProperty("distance").GetDouble()));
    }

    [Fact]
    public async Task A_gallery_that_is_not_ready_is_asked_again_and_its_progress_is_shown()
    {
        await Run("enroll", "anna", Image(10), "--later");
        Assert.Empty(_client.Error);
        _client.Cluster.TheGallery.Unready = 2;

        Assert.Equal(0, await Run("identify", Image(10)));
        const string Line = "Version 4 has embedded 512 of 1,200 enrolled images; finished embeddings are kept.\n";
        Assert.Equal(Line + Line, _client.Error);

        _client.Cluster.TheGallery.Unready = 1;
        Assert.Equal(0, await Run("enroll", "anna", Image(11)));
        Assert.Equal(Line + Line + Line, _client.Error);
    }

    [Fact]
    public async Task A_folder_of_folders_is_enrolled_in_few_calls_and_unusable_images_are_reported()
    {
        for (var i = 0; i < 600; i++)
            Image((byte)(1 + (i % 255)), $"all/name {i % 3}/{i:000}.png");
        Image(0, "all/name 1/white.PNG");
        Image(1, "all/name 1/notes.txt");
        Image(1, "all/bert/1.heic");
        Image(1, "all/bert/2.heic");

        Assert.Equal(4, await Run("enroll", "--from", Path.Combine(_client.Home, "all")));

        Assert.Contains("Files left out because they are HEIC images, which cannot be read: 2, such as bert/1.heic.", _client.Error, StringComparison.Ordinal);
        Assert.Contains("Folders left out because they contain no images: 1, such as bert.", _client.Error, StringComparison.Ordinal);
        Assert.Equal([512, 89], _client.Cluster.TheGallery.Enrolments.OrderDescending());
        Assert.Equal(255, _client.Cluster.TheGallery.Names.Count());
        Assert.Contains($"Enrolled 255 images with ensemble mine in 0 s; 345 images already enrolled.\n1 image could not be enrolled:\n  {Path.Combine(_client.Home, "all", "name 1", "white.PNG")} is blank.\n", _client.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_csv_is_enrolled_from_its_folder_and_its_rows_are_checked_first()
    {
        Image(10, "in/a.png");
        Image(20, "in/b, c.png");
        var csv = Path.Combine(_client.Home, "in", "who.csv");
        await File.WriteAllTextAsync(csv, "name,image\nanna,a.png\n\"Klein, Berta\",\"b, c.png\"\nclara,gone.png\n");

        Assert.Equal(4, await Run("enroll", "--from", csv, "--format", "json"));
        var document = JsonDocument.Parse(_client.Out).RootElement;
        Assert.Equal((2, 0, 4), (document.GetProperty("added").GetInt32(), document.GetProperty("known").GetInt32(), document.GetProperty("version").GetInt32()));
        Assert.Contains("gone.png", Assert.Single(document.GetProperty("problems").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Equal(["Klein, Berta 20", "anna 10"], _client.Cluster.TheGallery.Names);
        Assert.Equal("The first row, name,image, names no files; it is treated as a header.\n", _client.Error);

        await File.WriteAllTextAsync(csv, "anna,a.png\nberta\n");
        _client.Cluster.TheGallery.Enrolments.Clear();
        Assert.Equal(2, await Run("enroll", "--from", csv));
        Assert.Contains("who.csv row 2 has nothing in column 2.", _client.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(csv, ",a.png\n");
        Assert.Equal(2, await Run("enroll", "--from", csv));
        Assert.Contains("who.csv row 1 has nothing in column 1.", _client.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(csv, "");
        Assert.Equal(2, await Run("enroll", "--from", csv));
        Assert.Contains("who.csv contains no rows.", _client.Error, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.TheGallery.Enrolments);
    }

    [Fact]
    public async Task A_refused_image_exits_with_2()
    {
        Assert.Equal(2, await Run("enroll", "anna", Image(10), Image(0)));
        Assert.Contains("is blank.", _client.Error, StringComparison.Ordinal);
        Assert.Empty(_client.Cluster.TheGallery.Names);
    }

    [Fact]
    public async Task Enrolled_names_are_listed_and_can_be_forgotten()
    {
        Assert.Equal(0, await Run("enrolled"));
        Assert.Equal("Nobody is enrolled with ensemble mine; try: client enroll NAME IMAGE\n", _client.Out);
        await Run("enroll", "berta", Image(10), Image(20));
        await Run("enroll", "anna", Image(10));
        var start = _client.Out.Length;

        Assert.Equal(0, await Run("enrolled"));
        Assert.Equal("anna  1 image\nberta  2 images\n2 names with 3 images enrolled with ensemble mine\n", _client.Out[start..]);

        Assert.Equal(2, await Run("forget", "berta"));
        Assert.Equal("forget: add --yes if you are sure; nobody can be asked, because standard input is not a terminal.\n", _client.Error);
        var errors = _client.Error.Length;

        start = _client.Out.Length;
        Assert.Equal(0, await Run("forget", "berta", "--yes"));
        Assert.Equal("Forgot berta, with 2 images, in the gallery of ensemble mine.\n", _client.Out[start..]);
        Assert.Equal(2, await Run("forget", "berta", "--yes"));
        Assert.Equal("Nobody is enrolled as 'berta' with ensemble mine; `client enrolled` lists who is.\n", _client.Error[errors..]);

        start = _client.Out.Length;
        Assert.Equal(0, await Run("enrolled", "--format", "json"));
        Assert.Equal("anna", JsonDocument.Parse(_client.Out[start..]).RootElement.GetProperty("names")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_a_name_the_newest_ensemble_is_used()
    {
        Assert.Equal(2, await _client.Run("enrolled"));
        Assert.Contains("There is no ensemble yet;", _client.Error, StringComparison.Ordinal);
        _client.Cluster.Entries.AddRange([Some.Entry("new", formedAt: 2), Some.Entry("old", formedAt: 1)]);

        Assert.Equal(0, await _client.Run("enroll", "anna", Image(10)));
        Assert.StartsWith("Enrolled 1 image with ensemble new in ", _client.Out, StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] args) => _client.Run([.. args, "--ensemble", "mine"]);

    /// <summary>A file that the fake gallery accepts as an image.</summary>
    private string Image(byte first, string? name = null)
    {
        var path = Path.Combine(_client.Home, name ?? $"{first}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [first]);
        return path;
    }
}
