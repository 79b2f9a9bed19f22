using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class PairFileTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pairs_are_split_by_writer_and_none_is_lost()
    {
        WriteWriters(20);
        var data = Open(Relation.Same);
        Assert.Equal(20 * 6, Splits(data).Sum(split => split.GivenPairs!.Length));
        Assert.Equal(20 * 4, Splits(data).Sum(split => split.Images.Count));
        Assert.Empty(data.Classes);
        Assert.Empty(data.Remarks);
        Assert.Equal("pairs.csv", data.Name);
        Assert.All(Splits(data), split => Assert.All(split.Images.Labels, label => Assert.Equal(-1, label)));
        Assert.InRange(data.Training.Images.Count, 52, 60);
    }

    [Fact]
    public void A_1_means_what_label_means_states()
    {
        WriteWriters(20);
        Assert.Equal(40, Count(Open(Relation.Same), Relation.Same));
        Assert.Equal(80, Count(Open(Relation.Different), Relation.Same));

        static int Count(DataSet data, Relation relation) => Splits(data).Sum(split => split.GivenPairs!.Count(pair => pair.Relation == relation));
    }

    [Fact]
    public void Pairs_refer_to_the_images_named_in_their_rows()
    {
        var lines = WriteWriters(20);
        var data = Open(Relation.Same);
        var known = lines.Select(line => line.Split(',')).ToDictionary(
            row => Key(File.ReadAllBytes(_folder.At(row[0])), File.ReadAllBytes(_folder.At(row[1]))), row => row[2] == "1" ? Relation.Same : Relation.Different);
        foreach (var split in Splits(data))
        {
            Assert.All(split.GivenPairs!, pair => Assert.Equal(
                pair.Relation, known[Key(PngWriter.Write(split.Images[pair.First], DataFolder.Small), PngWriter.Write(split.Images[pair.Second], DataFolder.Small))]));
        }

        static string Key(byte[] first, byte[] second) => Convert.ToBase64String(first) + Convert.ToBase64String(second);
    }

    [Fact]
    public void If_all_images_are_connected_pairs_across_splits_are_left_out_with_a_remark()
    {
        WriteRandom(images: 100, pairs: 1500);
        var data = Open(Relation.Different);
        Assert.Equal([70, 15, 15], Splits(data).Select(split => split.Images.Count));
        var kept = Splits(data).Sum(split => split.GivenPairs!.Length);
        Assert.Equal($"{1500 - kept} of 1500 pairs are left out because their images are in different splits, which share no images.", Assert.Single(data.Remarks));
        Assert.All(Splits(data), split => Assert.Equal(2, split.GivenPairs!.Select(pair => pair.Relation).Distinct().Count()));
        var images = Splits(data).SelectMany(split => Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])));
        Assert.Equal(100, images.Distinct().Count());
    }

    [Fact]
    public void Labels_that_seem_to_be_swapped_get_a_remark()
    {
        WriteRandom(images: 100, pairs: 1500);
        Assert.Contains("'label-means' different", Open(Relation.Same).Remarks[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("'label-means'", string.Join(' ', Open(Relation.Different).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_is_optional_and_paths_may_be_absolute_or_quoted()
    {
        var lines = WriteWriters(20);
        WriteCsv(["first,second,label", .. lines]);
        Assert.Equal(120, Splits(Open(Relation.Same)).Sum(split => split.GivenPairs!.Length));
        WriteCsv([.. lines.Select(line => line.Split(',')).Select(row => $"\"{_folder.At(row[0])}\" , {row[1]},{row[2]},more")]);
        Assert.Equal(120, Splits(Open(Relation.Same)).Sum(split => split.GivenPairs!.Length));
    }

    [Fact]
    public void A_csv_gives_the_same_data_wherever_it_is_and_its_label_meaning_changes_the_fingerprint()
    {
        WriteWriters(20);
        var first = Open(Relation.Same);
        using var moved = new DataFolder();
        foreach (var file in Directory.GetFiles(_folder.Path))
            moved.Write(Path.GetFileName(file), File.ReadAllBytes(file));
        var second = moved.Open(labelMeans: Relation.Same, file: "pairs.csv");
        Assert.Equal(first.Fingerprint, second.Fingerprint);
        Assert.Equal(first.Test.GivenPairs, second.Test.GivenPairs);
        Assert.NotEqual(first.Fingerprint, Open(Relation.Different).Fingerprint);
        _folder.Write("w0-0.png", SomeImages.Png(99_999));
        Assert.NotEqual(first.Fingerprint, Open(Relation.Same).Fingerprint);
    }

    [Fact]
    public void The_same_image_under_two_names_stays_in_one_split()
    {
        WriteRandom(images: 60, pairs: 1200);
        for (var i = 0; i < 30; i++)
            File.Copy(_folder.At($"{i}.png"), _folder.At($"{i + 30}.png"), overwrite: true);
        var contents = Splits(Open(Relation.Different)).Select(split =>
            Enumerable.Range(0, split.Images.Count).Select(i => Convert.ToHexString(split.Images[i])).ToHashSet()).ToArray();
        Assert.Equal(30, contents.Sum(split => split.Count));
    }

    [Fact]
    public void A_repeated_row_counts_once()
    {
        var lines = WriteWriters(20);
        WriteCsv([.. lines, lines[0]]);
        Assert.Equal("Rows ignored because they repeat an earlier pair: 1.", Assert.Single(Open(Relation.Same).Remarks));
    }

    [Fact]
    public void Labels_in_words_do_not_need_label_means()
    {
        var numbers = WriteWriters(20);
        var before = Open(Relation.Same);
        WriteCsv(numbers.Select(line => line[..^1] + (line[^1] == '1' ? "same" : "different")));

        var after = _folder.Open(SplitBy.Image, null, "pairs.csv");

        Assert.Equal(
            Splits(before).Sum(split => split.GivenPairs!.Count(pair => pair.Relation is Relation.Same)),
            Splits(after).Sum(split => split.GivenPairs!.Count(pair => pair.Relation is Relation.Same)));
        Assert.NotEqual(before.Fingerprint, after.Fingerprint);
    }

    [Fact]
    public void Labels_in_numbers_need_label_means() => Refused(null, "'label-means'", "w0-0.png,w0-1.png,1");

    [Theory]
    [InlineData("w0-0.png,w0-1.png,2", "row 1", "'2'")]
    [InlineData("a,b,label\nw0-0.png,w0-1.png,1\nw0-0.png,w0-2.png,perhaps", "row 3", "'perhaps'")]
    [InlineData("a,b,label\n\nw0-0.png,w0-1.png,", "row 3", "nothing in label")]
    [InlineData("w0-0.png,w0-1.png,1\nw0-0.png,gone.png,0", "row 2", "gone.png")]
    [InlineData("w0-0.png,w0-1.png,1\n,w0-1.png,0", "row 2", "nothing in column 1")]
    [InlineData("w0-0.png,w0-1.png,1\nw0-0.png,w0-2.png", "row 2", "nothing in column 3")]
    [InlineData("w0-0.png,./w0-0.png,1", "pairs.csv", "no pairs")]
    [InlineData("w0-0.png,w0-1.png,1\nw0-1.png,w0-0.png,0", "pairs.csv", "no pairs")]
    [InlineData("w0-0.png,w0-1.png,1\nw0-2.png,w0-1.png,1", "pairs.csv", "same label")]
    [InlineData("w0-0.png,w0-1.png,1\n\"w0-2.png,w0-1.png,1\n", "row 2", "quotes")]
    [InlineData("a,b,label\n", "pairs.csv", "no rows")]
    [InlineData("", "pairs.csv", "no rows")]
    [InlineData("w0-0.png,w0-1.png,1\nw0-2.png,w0-1.png,0", "pairs.csv", "both kinds")]
    public void A_bad_row_is_named(string csv, string row, string reason)
    {
        WriteWriters(1);
        Refused(Relation.Same, reason, csv.Split('\n'));
        Assert.Contains(row, _folder.Refusal(SplitBy.Image, Relation.Same, "pairs.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_image_is_named_with_its_row()
    {
        var lines = WriteWriters(20);
        _folder.Write("w3-1.png", SomeImages.Png(1)[..70]);
        var row = lines.FindIndex(line => line.Contains("w3-1.png", StringComparison.Ordinal)) + 1;
        Refused(Relation.Same, $"row {row}: {_folder.At("w3-1.png")}", [.. lines]);
    }

    [Fact]
    public void An_unclosed_quote_does_not_swallow_the_whole_file()
    {
        WriteWriters(1);
        Refused(Relation.Same, "row 1", ["\"w0-0.png", .. Enumerable.Repeat("w0-0.png,w0-1.png,1", 20_000)]);
    }

    [Theory]
    [InlineData(SplitBy.Class)]
    [InlineData(SplitBy.Group)]
    public void Pairs_have_no_classes_or_groups_to_split_by(SplitBy splitBy)
    {
        WriteWriters(20);
        Assert.Contains("'split-by'", _folder.Refusal(splitBy, Relation.Same, "pairs.csv"), StringComparison.Ordinal);
    }

    /// <summary>Two genuine signatures and two forgeries for each writer: two pairs labelled 1, four labelled 0.</summary>
    private List<string> WriteWriters(int count)
    {
        var lines = new List<string>();
        for (var w = 0; w < count; w++)
        {
            for (var i = 0; i < 4; i++)
                _folder.Write($"w{w}-{i}.png", SomeImages.Png(10 * w + i));
            lines.AddRange([$"w{w}-0.png,w{w}-1.png,1", $"w{w}-2.png,w{w}-3.png,1"]);
            lines.AddRange([$"w{w}-0.png,w{w}-2.png,0", $"w{w}-0.png,w{w}-3.png,0", $"w{w}-1.png,w{w}-2.png,0", $"w{w}-1.png,w{w}-3.png,0"]);
        }

        WriteCsv(lines);
        return lines;
    }

    /// <summary>Like the article's train.csv: random pairs of images of ten classes, labelled 1 if they differ.</summary>
    private void WriteRandom(int images, int pairs)
    {
        for (var i = 0; i < images; i++)
            _folder.Write($"{i}.png", SomeImages.Png(i));
        var all = from first in Enumerable.Range(0, images) from second in Enumerable.Range(0, first) select (first, second);
        var chosen = all.ToArray();
        new Random(1).Shuffle(chosen);
        WriteCsv(["image1,image2,label", .. chosen.Take(pairs).Select(pair =>
            $"{pair.first}.png,{pair.second}.png,{(pair.first % 10 == pair.second % 10 ? 0 : 1)}")]);
    }

    private void WriteCsv(IEnumerable<string> lines) => _folder.Write("pairs.csv", string.Join('\n', lines));

    private DataSet Open(Relation labelMeans) => _folder.Open(SplitBy.Image, labelMeans, "pairs.csv");

    private void Refused(Relation? labelMeans, string reason, params string[] lines)
    {
        WriteCsv(lines);
        var message = _folder.Refusal(SplitBy.Image, labelMeans, "pairs.csv");
        Assert.Contains("pairs.csv", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    private static DataSplit[] Splits(DataSet data) => [data.Training, data.Validation, data.Test];
}
