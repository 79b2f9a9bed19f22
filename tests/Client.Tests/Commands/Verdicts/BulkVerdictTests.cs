using System.Text.Json;

namespace Siamese.Client.Tests.Commands.Verdicts;

/// <summary>`verdict --pairs`, on a cluster whose verdict on equal files is "same".</summary>
public sealed class BulkVerdictTests : IDisposable
{
    private readonly ClientRun _client = new();
    private readonly string _pairs;
    private readonly string _out;

    public BulkVerdictTests()
    {
        Directory.CreateDirectory(Path.Combine(_client.Home, "in"));
        (_pairs, _out) = (Path.Combine(_client.Home, "in", "pairs.csv"), Path.Combine(_client.Home, "verdicts.csv"));
        File.WriteAllBytes(Path.Combine(_client.Home, "in", "a.png"), [1]);
        File.WriteAllBytes(Path.Combine(_client.Home, "in", "b, c.png"), [2]);
        File.WriteAllBytes(Path.Combine(_client.Home, "in", "=d.png"), [1]);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Every_pair_gets_a_verdict_in_its_row_or_the_reason_why_it_has_none()
    {
        await File.WriteAllTextAsync(_pairs, "left,right,label\na.png,a.png,1\na.png,\"b, c.png\",0\na.png,gone.png,0\n=d.png,a.png\n");

        Assert.Equal(4, await Run());

        var rows = await File.ReadAllLinesAsync(_out);
        Assert.Equal("first,second,verdict,probability,distance,threshold,disagreement,ensemble,version,terms,id,problem", rows[0]);
        Assert.Equal(5, rows.Length);
        Assert.Equal("a.png,a.png,same,0.0125,1.5,1.02,0.25,mine,1,,,", rows[1]);
        Assert.StartsWith("a.png,\"b, c.png\",different,0.0125,", rows[2], StringComparison.Ordinal);
        Assert.StartsWith("a.png,gone.png,,,,,,,,,,There is no image file '", rows[3], StringComparison.Ordinal);
        Assert.StartsWith("./=d.png,a.png,same,", rows[4], StringComparison.Ordinal);
        Assert.Contains("4 pairs judged in", _client.Out, StringComparison.Ordinal);
        Assert.Contains("2 same, 1 different, 0 unsure.\n1 pair got no verdict", _client.Out, StringComparison.Ordinal);
        Assert.Equal("The first row, left,right,label, names no files; it is treated as a header.\n", _client.Error);
    }

    [Fact]
    public async Task Many_pairs_take_few_calls()
    {
        await File.WriteAllLinesAsync(_pairs, Enumerable.Repeat("a.png,=d.png", 600));

        Assert.Equal(0, await Run());

        Assert.Equal([256, 256, 88], _client.Cluster.AskedPairs.OrderDescending());
        Assert.Equal(601, (await File.ReadAllLinesAsync(_out)).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(40)]
    public async Task An_interrupted_run_is_resumed_after_its_last_whole_row(int cut)
    {
        await File.WriteAllLinesAsync(_pairs, Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? "a.png,=d.png" : "\"b, c.png\",=d.png"));
        Assert.Equal(0, await Run());
        var whole = await File.ReadAllBytesAsync(_out);
        await File.WriteAllBytesAsync(_out, whole[..^cut]);
        _client.Cluster.AskedPairs.Clear();

        Assert.Equal(0, await Run("--format", "json"));

        Assert.Equal(whole, await File.ReadAllBytesAsync(_out));
        var lost = JsonDocument.Parse(_client.Out[_client.Out.IndexOf('{')..]).RootElement;
        Assert.Equal(300 - _client.Cluster.AskedPairs.Sum(), lost.GetProperty("earlier").GetInt32());
        Assert.InRange(_client.Cluster.AskedPairs.Sum(), cut == 0 ? 0 : 1, cut == 0 ? 0 : 2);
        Assert.Equal(1, cut == 0 ? 1 : _client.Cluster.Terms!.Version);
    }

    [Fact]
    public async Task A_file_of_other_verdicts_or_without_verdicts_is_left_unchanged()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,a.png\n");
        Assert.Equal(0, await Run());
        await File.WriteAllTextAsync(_pairs, "a.png,=d.png\n");
        Assert.Equal(2, await Run());
        Assert.Contains("verdicts.csv row 2 is a verdict on a different pair than in --pairs.", _client.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_pairs, "a.png,a.png\n");
        Assert.Equal(2, await _client.Run("verdict", "--pairs", _pairs, "--out", _out, "--ensemble", "mine@2"));
        Assert.Contains("was started with mine@1. Use --ensemble mine@1 to resume it", _client.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_out, "Dear diary,\ntoday");
        Assert.Equal(2, await Run());
        Assert.Contains("is not a file of verdicts", _client.Error, StringComparison.Ordinal);
        Assert.Equal("Dear diary,\ntoday", await File.ReadAllTextAsync(_out));
    }

    [Fact]
    public async Task All_verdicts_of_a_file_have_the_same_terms()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,a.png\na.png,=d.png\n");
        Assert.Equal(0, await Run("--max-far", "0.001", "--unsure", "0.2..0.8"));
        var rows = await File.ReadAllLinesAsync(_out);
        Assert.Contains(",mine,1,--max-far 0.001 --unsure 0.2..0.8,", rows[1], StringComparison.Ordinal);
        await File.WriteAllLinesAsync(_out, rows[..2]);

        Assert.Equal(2, await Run());
        Assert.Contains("was started with --max-far 0.001 --unsure 0.2..0.8. Use the same terms", _client.Error, StringComparison.Ordinal);
        Assert.Equal(rows[..2], await File.ReadAllLinesAsync(_out));
        Assert.Equal(0, await Run("--unsure", "0.2..0.8", "--max-far", "1e-3"));
        Assert.Equal(rows, await File.ReadAllLinesAsync(_out));
    }

    [Fact]
    public async Task An_invalid_file_of_pairs_or_verdicts_is_refused()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,a.png\n");

        Assert.Equal(2, await _client.Run("verdict", "--pairs", _pairs, "--out", "/dev/full", "--ensemble", "mine"));
        Assert.Contains("/dev/full already exists", _client.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _client.Run("verdict", "--pairs", _pairs, "--out", "", "--ensemble", "mine"));
        Assert.Equal(2, await _client.Run("verdict", "--pairs", "", "--out", _out, "--ensemble", "mine"));
        await File.WriteAllTextAsync(_pairs, "");
        Assert.Equal(2, await Run());
        Assert.Contains("pairs.csv contains no rows.", _client.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_pairs, "left,right\n");
        Assert.Equal(2, await Run());
        Assert.Contains("pairs.csv contains no rows that name images, only left | right.", _client.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_out));
    }

    [Fact]
    public async Task Pairs_without_a_verdict_or_with_changed_images_are_tried_again()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,gone.png\na.png,=d.png\na.png,\"b, c.png\"\na.png,lost.png\n");
        Assert.Equal(4, await Run());
        var before = await File.ReadAllLinesAsync(_out);
        await File.WriteAllBytesAsync(Path.Combine(_client.Home, "in", "gone.png"), [1]);
        File.SetLastWriteTimeUtc(Path.Combine(_client.Home, "in", "gone.png"), File.GetLastWriteTimeUtc(_out).AddDays(-1));
        await File.WriteAllBytesAsync(Path.Combine(_client.Home, "in", "b, c.png"), [1]);
        File.SetLastWriteTimeUtc(Path.Combine(_client.Home, "in", "b, c.png"), File.GetLastWriteTimeUtc(_out).AddDays(1));
        _client.Cluster.AskedPairs.Clear();

        Assert.Equal(4, await Run("--format", "json"));

        var after = await File.ReadAllLinesAsync(_out);
        Assert.Equal(5, after.Length);
        Assert.StartsWith("a.png,gone.png,same,", after[1], StringComparison.Ordinal);
        Assert.Equal(before[2], after[2]);
        Assert.StartsWith("a.png,\"b, c.png\",same,", after[3], StringComparison.Ordinal);
        Assert.StartsWith("a.png,lost.png,,", after[4], StringComparison.Ordinal);
        Assert.Equal(2, _client.Cluster.AskedPairs.Sum());
        var document = JsonDocument.Parse(_client.Out[_client.Out.IndexOf('{')..]).RootElement;
        Assert.Equal((1, 2, 1), (document.GetProperty("earlier").GetInt32(), document.GetProperty("same").GetInt32(), document.GetProperty("problems").GetInt32()));
        Assert.False(File.Exists($"{_out}.replaced"));
    }

    [Fact]
    public async Task A_list_that_is_not_text_is_refused()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,a.png\na.png,b\0.png\n");

        Assert.Equal(2, await Run());
        Assert.Contains("is not text", _client.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_without_two_images_is_refused_before_any_verdict()
    {
        await File.WriteAllTextAsync(_pairs, "a.png,a.png\na.png\n");
        Assert.Equal(2, await Run());
        Assert.Contains("pairs.csv row 2 has nothing in column 2.", _client.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_out));

        await File.WriteAllTextAsync(_pairs, "a.png,\"a.png\n");
        Assert.Equal(2, await Run());
        Assert.Contains("cannot be parsed", _client.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verdict", "Give two image files, or --pairs with a list of pairs; see `client verdict --help`.")]
    [InlineData("verdict --pairs x.csv", "--out: name the CSV to write the verdicts to.")]
    [InlineData("verdict --pairs x.csv --out y.csv", "There is no list of pairs 'x.csv'.")]
    [InlineData("verdict a.png b.png --pairs x.csv --out y.csv", "Give images on the command line or --pairs, not both.")]
    [InlineData("verdict a.png b.png --out y.csv", "--out is only valid with --pairs; a single verdict is printed.")]
    public async Task Options_that_do_not_go_together_are_refused(string line, string sentence)
    {
        Assert.Equal(2, await _client.Run(line.Split(' ')));
        Assert.Equal($"{sentence}\n", _client.Error);
    }

    private Task<int> Run(params string[] options) => _client.Run(["verdict", "--pairs", _pairs, "--out", _out, "--ensemble", "mine", .. options]);
}
