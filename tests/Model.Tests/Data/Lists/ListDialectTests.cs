using System.Text;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tests.Data.Images;
using Siamese.Model.Tests.Data.Readers;

namespace Siamese.Model.Tests.Data.Lists;

/// <summary>Every dialect of a list of pairs gives the same pairs.</summary>
public sealed class ListDialectTests : IDisposable
{
    private const int Writers = 20;

    private readonly DataFolder _folder = new();
    private readonly List<(string First, string Second, bool IsSame)> _pairs = [];

    public ListDialectTests()
    {
        for (var w = 0; w < Writers; w++)
        {
            for (var i = 0; i < 4; i++)
                _folder.Write($"images/w{w}/{i}.png", SomeImages.Png(10 * w + i));
            for (var i = 0; i < 4; i++)
            {
                for (var j = i + 1; j < 4; j++)
                    _pairs.Add(($"images/w{w}/{i}.png", $"images/w{w}/{j}.png", i / 2 == j / 2));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, string> Rows => new()
    {
        { "comma with a header", "image_1,image_2,label", "{a},{b},{01}" },
        { "no header", "", "{a},{b},{01}" },
        { "semicolon", "image_1;image_2;label", "{a};{b};{01}" },
        { "tab", "image_1\timage_2\tlabel", "{a}\t{b}\t{01}" },
        { "bar", "image_1|image_2|label", "{a}|{b}|{01}" },
        { "space", "", "{a} {b} {01}" },
        { "several spaces", "", "{a}   {b}  {01}" },
        { "space after commas", "image_1, image_2, label", "{a}, {b}, {01}" },
        { "quotes", "\"image_1\",\"image_2\",\"label\"", "\"{a}\",\"{b}\",\"{01}\"" },
        { "decimal labels", "image_1,image_2,label", "{a},{b},{01}.0" },
        { "minus one", "image_1,image_2,y", "{a},{b},{+-}" },
        { "label first", "label,image_1,image_2", "{01},{a},{b}" },
        { "label between", "first,label,second", "{a},{01},{b}" },
        { "an index column", ",image_1,image_2,label", "{n},{a},{b},{01}" },
        { "a named index column", "index,image_1,image_2,label", "{n},{a},{b},{01}" },
        { "an index column without a header", "", "{n},{a},{b},{01}" },
        { "an extra column", "image_1,image_2,writer,label", "{a},{b},w,{01}" },
        { "an extra column of 1s", "image_1,image_2,fold,label", "{a},{b},1,{01}" },
        { "true and false", "image_1,image_2,same", "{a},{b},{TrueFalse}" },
        { "yes and no", "image_1,image_2,is_same", "{a},{b},{yesno}" },
        { "same and different", "image_1,image_2,y", "{a},{b},{SameDifferent}" },
        { "genuine and forged", "image_1,image_2,kind", "{a},{b},{genuineforged}" },
        { "match and non-match", "a,b,result", "{a},{b},{match}" },
        { "a column that tells the meaning of 0", "image_1,image_2,different", "{a},{b},{10}" },
        { "comments", "# made by a script\nimage_1,image_2,label", "{a},{b},{01}" },
        { "backslashes", "image_1,image_2,label", "{a\\},{b\\},{01}" },
        { "another machine's drive", "image_1,image_2,label", "C:\\data\\set\\{a\\},C:\\data\\set\\{b\\},{01}" },
        { "another machine's folder", "image_1,image_2,label", "/home/ann/set/{a},/home/ann/set/{b},{01}" },
        { "paths from the folder of images", "image_1,image_2,label", "{a-},{b-},{01}" },
        { "full paths", "image_1,image_2,label", "{/a},{/b},{01}" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Rows_in_every_dialect_give_the_same_pairs(string dialect, string header, string row) => Same(dialect, Encoding.UTF8.GetBytes(List(header, row)));

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 with a mark", "utf-16", "utf-16 without a mark", "utf-16 big endian", "utf-32", "latin-1", "carriage returns", "gzip"];

    [Theory, MemberData(nameof(Encodings))]
    public void A_list_in_every_encoding_gives_the_same_pairs(string encoding)
    {
        var text = List("image_1,image_2,label,note", "{a},{b},{01},crème");
        Same(encoding, encoding switch
        {
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "utf-8 with a mark" => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)],
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            "utf-16 without a mark" => Encoding.Unicode.GetBytes(text),
            "utf-16 big endian" => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(text)],
            "utf-32" => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes(text)],
            "latin-1" => Encoding.Latin1.GetBytes(text),
            "carriage returns" => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")),
            _ => SomeImages.Gz(Encoding.UTF8.GetBytes(text)),
        });
    }

    [Fact]
    public void A_space_in_a_name_does_not_separate_fields()
    {
        var rows = Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, 4).Select(i => $"writer {w},images/w{w}/{i}.png"));
        _folder.Write("list.csv", string.Join('\n', rows));
        var data = _folder.Open(new DataSource { SplitBy = SplitBy.Class }, "list.csv");
        Assert.Equal(Writers, data.Classes.Count);
        Assert.Contains("writer 7", data.Classes);
    }

    [Fact]
    public void Two_separators_that_fit_equally_are_refused()
    {
        _folder.Write("list.csv", "a.png;b.png,c\nd.png;e.png,f");
        Assert.Contains("a comma separates fields", _folder.Refusal(file: "list.csv"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{a},{b},{01},{10}", "two ways", "column 3")]
    [InlineData("{a},{b},{01}", "'label-means' same", "'label-means' different")]
    public void An_ambiguous_list_is_refused_with_both_readings(string row, string first, string second)
    {
        _folder.Write("list.csv", List("", row));
        var message = _folder.Refusal(file: "list.csv");
        Assert.Contains(first, message, StringComparison.Ordinal);
        Assert.Contains(second, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_0_and_minus_1_together_are_refused()
    {
        _folder.Write("list.csv", List("", "{a},{b},{+-}") + "\nimages/w0/0.png,images/w1/0.png,0");
        Assert.Contains("not known", _folder.Refusal(SplitBy.Image, Relation.Same, "list.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Paths_that_lead_to_files_in_two_folders_are_refused()
    {
        foreach (var w in Enumerable.Range(0, Writers))
        {
            for (var i = 0; i < 4; i++)
                _folder.Write($"others/w{w}/{i}.png", SomeImages.Png(5000 + 10 * w + i));
        }

        _folder.Write("list.csv", List("", "{a-},{b-},{SameDifferent}"));
        var message = _folder.Refusal(file: "list.csv");
        Assert.Contains("two ways", message, StringComparison.Ordinal);
        Assert.Contains(_folder.At("images/w0/0.png"), message, StringComparison.Ordinal);
        Assert.Contains(_folder.At("others/w0/0.png"), message, StringComparison.Ordinal);
        Assert.Equal(_pairs.Count, Pairs(_folder.Open(new DataSource { ListFolder = _folder.At("images") }, "list.csv")).Count);
    }

    [Fact]
    public void A_first_row_that_names_a_missing_image_is_not_a_header()
    {
        _folder.Write("list.csv", "images/w0/99.png,images/w0/1.png,same\n" + List("", "{a},{b},{SameDifferent}"));
        var message = _folder.Refusal(file: "list.csv");
        Assert.Contains("row 1 names 'images/w0/99.png'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_bad_rows_are_named_at_once_and_skipped_on_request()
    {
        var list = List("", "{a},{b},{SameDifferent}");
        _folder.Write("list.csv", list + string.Concat(Enumerable.Range(0, 30).Select(i => $"\nimages/w0/0.png,gone{i}.png,same")));
        var message = _folder.Refusal(file: "list.csv");
        Assert.Contains("30 problems", message, StringComparison.Ordinal);
        Assert.Contains("gone0.png", message, StringComparison.Ordinal);
        Assert.Contains("gone19.png", message, StringComparison.Ordinal);
        Assert.DoesNotContain("gone20.png", message, StringComparison.Ordinal);
        Assert.Contains("and 10 more", message, StringComparison.Ordinal);

        var data = _folder.Open(new DataSource { SkipsUnreadable = true }, "list.csv");
        Assert.Equal(_pairs.Count, Pairs(data).Count);
        Assert.Contains(data.Remarks, remark => remark.Contains("30 problems", StringComparison.Ordinal));
    }

    [Fact]
    public void Pairs_of_an_image_with_itself_and_contradictions_are_left_out_and_counted()
    {
        _folder.Write("list.csv", List("", "{a},{b},{SameDifferent}") + "\nimages/w0/0.png,images/w0/0.png,same\nimages/w0/1.png,images/w0/0.png,different");
        var data = _folder.Open(new DataSource(), "list.csv");
        Assert.Equal(_pairs.Count - 1, Pairs(data).Count);
        Assert.Contains("Rows left out because they pair an image with itself: 1.", data.Remarks);
        Assert.Contains("Pairs left out because the list gives them both labels: 1.", data.Remarks);
    }

    [Fact]
    public void Triplets_are_read_as_pairs()
    {
        var rows = Enumerable.Range(0, Writers).Select(w => $"images/w{w}/0.png,images/w{w}/1.png,images/w{w}/2.png");
        _folder.Write("list.csv", "anchor,positive,negative\n" + string.Join('\n', rows));
        var pairs = Pairs(_folder.Open(new DataSource(), "list.csv"));
        Assert.Equal((Writers, Writers), (pairs.Count(pair => pair.IsSame), pairs.Count(pair => !pair.IsSame)));
    }

    [Fact]
    public void The_pairs_of_labeled_faces_in_the_wild_are_read()
    {
        for (var w = 0; w < Writers; w++)
        {
            for (var i = 1; i < 4; i++)
                _folder.Write($"lfw/Ann_{w}/Ann_{w}_{i:0000}.jpg", SomeImages.Png(1000 + 10 * w + i));
        }

        var rows = Enumerable.Range(0, Writers).Select(w => $"Ann_{w}\t1\t2")
            .Concat(Enumerable.Range(0, Writers / 2).Select(w => $"Ann_{2 * w}\t1\tAnn_{2 * w + 1}\t2"));
        _folder.Write("pairs.txt", "10\t20\n" + string.Join('\n', rows));
        var pairs = Pairs(_folder.Open(new DataSource(), "pairs.txt"));
        Assert.Equal((Writers, Writers / 2), (pairs.Count(pair => pair.IsSame), pairs.Count(pair => !pair.IsSame)));
    }

    [Theory]
    [InlineData("path,class")]
    [InlineData("class,path")]
    [InlineData("")]
    public void A_list_can_name_the_class_of_each_image(string header)
    {
        var rows = Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, 4).Select(i => header == "class,path" ? $"w{w},images/w{w}/{i}.png" : $"images/w{w}/{i}.png,w{w}"));
        _folder.Write("list.csv", $"{header}\n{string.Join('\n', rows)}");
        var data = _folder.Open(new DataSource { SplitBy = SplitBy.Class }, "list.csv");
        Assert.Equal(Writers, data.Classes.Count);
        Assert.Equal(4 * Writers, new[] { data.Training, data.Validation, data.Test }.Sum(split => split.Images.Count));
    }

    [Fact]
    public void A_list_can_name_groups_and_splits()
    {
        var rows = Enumerable.Range(0, Writers).SelectMany(w => Enumerable.Range(0, 4).Select(i => $"images/w{w}/{i}.png,w{w},g{w / 3},{(i < 2 ? "train" : i == 2 ? "val" : "testing")}"));
        _folder.Write("list.csv", $"path,class,group,split\n{string.Join('\n', rows)}\nimages/w0/0.png,w1,g0,train");
        var message = Assert.Throws<BadInputException>(() => _folder.Open(new DataSource(), "list.csv")).Message;
        Assert.Contains("no same pair", message, StringComparison.Ordinal); // One image of each class is left for validation.

        _folder.Write("list.csv", $"path,class,group\n{string.Join('\n', rows.Select(row => row[..row.LastIndexOf(',')]))}\nimages/w0/0.png,w1,g0");
        var data = _folder.Open(new DataSource { SplitBy = SplitBy.Group }, "list.csv");
        Assert.Equal((4 * Writers) - 1, new[] { data.Training, data.Validation, data.Test }.Sum(split => split.Images.Count));
        Assert.Contains("Images left out because the list gives them two classes: 1, such as images/w0/0.png.", data.Remarks);
    }

    [Theory]
    [InlineData("PK\u0003\u0004 a spreadsheet", "spreadsheet")]
    [InlineData("a\0bcd", "not text")]
    [InlineData("one,two,three\nfour,five,six", "no column with names of image files")]
    [InlineData("", "no rows")]
    [InlineData("a.png,b.png,c.png,same\na.png,b.png,c.png,same", "3 columns")]
    public void Other_files_are_refused_for_what_they_are(string text, string reason)
    {
        _folder.Write("list.csv", text);
        Assert.Contains(reason, _folder.Refusal(file: "list.csv"), StringComparison.Ordinal);
    }

    private string List(string header, string row)
    {
        var lines = _pairs.Select((pair, n) => row
            .Replace("{a}", pair.First, StringComparison.Ordinal).Replace("{b}", pair.Second, StringComparison.Ordinal)
            .Replace("{a\\}", pair.First.Replace('/', '\\'), StringComparison.Ordinal).Replace("{b\\}", pair.Second.Replace('/', '\\'), StringComparison.Ordinal)
            .Replace("{a-}", pair.First["images/".Length..], StringComparison.Ordinal).Replace("{b-}", pair.Second["images/".Length..], StringComparison.Ordinal)
            .Replace("{/a}", _folder.At(pair.First), StringComparison.Ordinal).Replace("{/b}", _folder.At(pair.Second), StringComparison.Ordinal)
            .Replace("{01}", pair.IsSame ? "1" : "0", StringComparison.Ordinal)
            .Replace("{10}", pair.IsSame ? "0" : "1", StringComparison.Ordinal)
            .Replace("{+-}", pair.IsSame ? "+1" : "-1", StringComparison.Ordinal)
            .Replace("{TrueFalse}", pair.IsSame ? "True" : "False", StringComparison.Ordinal)
            .Replace("{yesno}", pair.IsSame ? "yes" : "no", StringComparison.Ordinal)
            .Replace("{SameDifferent}", pair.IsSame ? "Same" : "Different", StringComparison.Ordinal)
            .Replace("{genuineforged}", pair.IsSame ? "genuine" : "forged", StringComparison.Ordinal)
            .Replace("{match}", pair.IsSame ? "match" : "non-match", StringComparison.Ordinal)
            .Replace("{n}", $"{n}", StringComparison.Ordinal));
        return string.Join('\n', header.Length > 0 ? [header, .. lines] : lines);
    }

    private void Same(string dialect, byte[] list)
    {
        _folder.Write("list.csv", list);
        var data = _folder.Open(new DataSource { LabelMeans = dialect.StartsWith("a column that tells", StringComparison.Ordinal) ? null : Relation.Same }, "list.csv");
        var expected = _pairs.Select(pair => (Image(pair.First), Image(pair.Second), pair.IsSame)).ToHashSet();
        Assert.Equal(expected, [.. Pairs(data)]);
    }

    private string Image(string path) => Convert.ToHexString(ImageReader.Read(File.ReadAllBytes(_folder.At(path)), path, DataFolder.Small));

    /// <summary>The pairs of all splits; writers have no pair in common, so none is lost.</summary>
    private static List<(string First, string Second, bool IsSame)> Pairs(DataSet data) =>
    [
        .. new[] { data.Training, data.Validation, data.Test }.SelectMany(split => split.GivenPairs!.Select(pair =>
            (Convert.ToHexString(split.Images[pair.First]), Convert.ToHexString(split.Images[pair.Second]), pair.Relation is Relation.Same))),
    ];
}
