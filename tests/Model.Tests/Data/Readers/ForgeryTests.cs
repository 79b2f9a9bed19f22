using Siamese.Contracts.Data;
using Siamese.Contracts.Pairs;
using Siamese.Model.Data;
using Siamese.Model.Data.Images;
using Siamese.Model.Data.Splits;
using Siamese.Model.Evaluation.Pairs;
using Siamese.Model.Tests.Data.Images;

namespace Siamese.Model.Tests.Data.Readers;

public sealed class ForgeryTests : IDisposable
{
    private const int Each = 12;

    private readonly DataFolder _folder = new();
    private readonly HashSet<string> _forgedPixels = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("genuine/{0}", "forged/{0}")]
    [InlineData("full_org/{0}", "full_forg/{0}")]
    [InlineData("Genuine Signatures/{0}", "Forged Signatures/{0}")]
    [InlineData("{0}/genuine", "{0}/forgeries")]
    [InlineData("{0}/real", "{0}/fake")]
    [InlineData("{0}/Original", "{0}/Simulated")]
    public void Folders_of_genuine_and_forged_images_are_recognised(string genuine, string forged)
    {
        Write(genuine, forged, "ann", "ben", "cleo");

        CheckAll(_folder.Open(), "ann", "ben", "cleo");
    }

    [Fact]
    public void They_are_recognised_within_folders_of_splits()
    {
        Write("train/{0}/genuine", "train/{0}/forged", "ann", "ben");
        Write("test/{0}/genuine", "test/{0}/forged", "cleo", "dan");

        var data = _folder.Open();

        CheckAll(data, "ann", "ben", "cleo", "dan");
        Assert.Equal([2, 3], data.Test.Images.Labels.Distinct().Order());
    }

    [Fact]
    public void They_are_split_by_writer()
    {
        Write("{0}/genuine", "{0}/forged", "a", "b", "c", "d", "e", "f", "g");

        var data = _folder.Open(SplitBy.Class);

        CheckAll(data, "a", "b", "c", "d", "e", "f", "g");
        Assert.Empty(data.Training.Images.Labels.Intersect(data.Test.Images.Labels));
    }

    [Theory]
    [InlineData("*_{class}_{n}.png", "full_org/original_{0}_", "full_forg/forgeries_{0}_")]
    [InlineData("{class}-{kind}-{n}.png", "{0}-G-", "{0}-F-")]
    [InlineData("{kind}_{class}_{n}.png", "genuine_{0}_", "forged_{0}_")]
    public void The_writer_and_the_kind_are_found_in_names(string pattern, string genuine, string forged)
    {
        Write(genuine, forged, "1", "2");

        CheckAll(_folder.Open(new DataSource { ClassFrom = pattern }), "1", "2");
    }

    [Fact]
    public void Without_writers_the_way_to_name_them_is_told()
    {
        Write("full_org/original_{0}_", "full_forg/forgeries_{0}_", "1", "2");

        _folder.Refuses("full_forg", "'class-from'");
        Assert.Equal(["full_forg", "full_org"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Classes }).Classes);
    }

    [Theory]
    [InlineData("path,class,forged", "0", "1")]
    [InlineData("path,writer,genuine", "true", "false")]
    [InlineData("path,writer,type", "genuine", "forgery")]
    [InlineData("path,writer,kind", "G", "F")]
    public void A_column_of_a_list_says_which_images_are_forged(string header, string genuine, string forged)
    {
        Write("images/{0}-g", "images/{0}-f", "ann", "ben");
        var rows = Directory.GetFiles(_folder.At("images"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => Path.GetRelativePath(_folder.Path, path))
            .Select(path => $"{path},{Path.GetFileName(path).Split('-')[0]},{(path.Contains("-f", StringComparison.Ordinal) ? forged : genuine)}");
        _folder.Write("list.csv", string.Join('\n', rows.Prepend(header)));

        CheckAll(_folder.Open(file: "list.csv"), "ann", "ben");
    }

    [Theory]
    [InlineData("path,writer,forged", "genuine", "forged")]
    [InlineData("path,writer,genuine", "yes", "no")]
    public void The_column_may_contain_words(string header, string genuine, string forged) => A_column_of_a_list_says_which_images_are_forged(header, genuine, forged);

    [Theory]
    [InlineData("F")]
    [InlineData("2")]
    [InlineData("maybe")]
    public void A_field_that_does_not_say_whether_an_image_is_forged_is_refused(string field)
    {
        Write("images/{0}-g", "images/{0}-f", "ann", "ben");
        _folder.Write("list.csv", string.Join('\n', Directory.GetFiles(_folder.At("images")).Order(StringComparer.Ordinal)
            .Select((path, i) => $"{path},{Path.GetFileName(path).Split('-')[0]},{(i == 7 ? field : i % 2)}").Prepend("path,writer,forged")));

        Assert.Contains("It must be genuine or forged, or 1 or 0", _folder.Refusal(file: "list.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_that_is_both_genuine_and_forged_is_left_out()
    {
        Write("{0}/genuine", "{0}/forged", "ann", "ben");
        File.Copy(_folder.At("ann/genuine/00.png"), _folder.At("ann/forged/99.png"));

        var data = _folder.Open();

        Assert.Contains(data.Remarks, remark => remark.StartsWith("Images left out because the same picture is in two classes, or is both genuine and forged: 2, such as ", StringComparison.Ordinal));
    }

    [Fact]
    public void Writers_without_forgeries_have_random_ones()
    {
        Write("{0}/genuine", "{0}/forged", "a", "b", "c", "d", "e", "f", "g", "h");
        foreach (var writer in "bcdefgh")
            Directory.Delete(_folder.At($"{writer}/forged"), recursive: true);

        var data = _folder.Open(SplitBy.Class);

        Assert.All(new[] { data.Training, data.Validation, data.Test }, split => Assert.InRange(
            split.GivenPairs!.Count(pair => pair.Relation is Relation.Different), split.GivenPairs!.Count(pair => pair.Relation is Relation.Same), int.MaxValue));
    }

    [Fact]
    public void Real_and_fake_images_are_classes_if_the_user_says_so()
    {
        _folder.WriteClasses(12, "train/REAL", "train/FAKE", "test/REAL", "test/FAKE");

        _folder.Refuses("REAL", "'folders-are' splits");
        Assert.Equal(["FAKE", "REAL"], _folder.Open(new DataSource { FoldersAre = FoldersAre.Splits }).Classes.Order(StringComparer.Ordinal));
        using var flat = new DataFolder();
        flat.WriteClasses(12, "real", "fake");
        Assert.Equal(["fake", "real"], flat.Open(new DataSource { ClassFrom = "{class}/{n}.png" }).Classes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("greek/real", "greek/alpha", "latin/fake")]
    [InlineData("genuine/a", "genuine/b", "other/a")]
    [InlineData("genuine/a", "original/b")]
    public void Other_folders_with_such_names_are_ordinary_groups(params string[] classes)
    {
        _folder.WriteClasses(8, classes);

        var data = _folder.Open();

        Assert.Equal(classes.Order(StringComparer.Ordinal), data.Classes.Order(StringComparer.Ordinal));
        Assert.Null(data.Training.GivenPairs);
    }

    [Fact]
    public void Half_of_the_different_pairs_to_evaluate_on_have_a_forgery_and_one_shot_images_have_none()
    {
        Write("{0}/genuine", "{0}/forged", "a", "b", "c");
        var data = DataSets.OpenWhole(new DataSource { Path = _folder.Path }, DataFolder.Small, CancellationToken.None);

        var pairs = EvaluationPairs.DrawWithForgeries(data.Images.Labels, data.Forged!, each: 100, seed: 5);

        Assert.Equal(3 * Each, data.Forged!.Count(forged => forged));
        Assert.Equal((100, 50, 50), (
            pairs.Count(pair => pair.Relation is Relation.Same),
            pairs.Count(pair => pair.Relation is Relation.Different && data.Images.Labels[pair.First] == data.Images.Labels[pair.Second]),
            pairs.Count(pair => pair.Relation is Relation.Different && data.Images.Labels[pair.First] != data.Images.Labels[pair.Second])));
        Assert.Equal(pairs.Length, pairs.Distinct().Count());
        Assert.DoesNotContain(pairs, pair => data.Forged![pair.First] && data.Forged[pair.Second]);
        Assert.Equal(pairs, EvaluationPairs.DrawWithForgeries(data.Images.Labels, data.Forged!, each: 100, seed: 5));
    }

    [Fact]
    public void Forgeries_change_the_fingerprint()
    {
        Write("{0}/genuine", "{0}/forged", "a", "b");

        Assert.NotEqual(_folder.Open().Fingerprint, _folder.Open(new DataSource { FoldersAre = FoldersAre.Groups }).Fingerprint);
    }

    /// <summary>Every image is in one split; pairs are as the definition says, with forgeries as negatives of their writers.</summary>
    private void CheckAll(DataSet data, params string[] writers)
    {
        Assert.Equal(writers, data.Classes.Order(StringComparer.Ordinal));
        Assert.Equal(2 * Each * writers.Length, data.Training.Images.Count + data.Validation.Images.Count + data.Test.Images.Count);
        Assert.Contains($"Forged images: {Each * writers.Length} of {2 * Each * writers.Length}. They are different from the genuine images of their class, and never the same as one another.", data.Remarks);
        foreach (var split in new[] { data.Training, data.Validation, data.Test })
        {
            var labels = split.Images.Labels;
            bool IsForged(int image) => _forgedPixels.Contains(Convert.ToHexString(split.Images[image]));
            var (forged, genuine) = (Enumerable.Range(0, labels.Length).Where(IsForged).ToArray(), Enumerable.Range(0, labels.Length).Where(image => !IsForged(image)).ToArray());
            var pairs = split.GivenPairs!;
            Assert.All(pairs, pair => Assert.False(IsForged(pair.First) && IsForged(pair.Second)));
            Assert.All(pairs, pair => Assert.Equal(
                pair.Relation is Relation.Same,
                labels[pair.First] == labels[pair.Second] && !IsForged(pair.First) && !IsForged(pair.Second)));
            var byWriter = genuine.CountBy(image => labels[image]).ToDictionary();
            Assert.Equal(byWriter.Values.Sum(count => count * (count - 1) / 2), pairs.Count(pair => pair.Relation is Relation.Same));
            Assert.Equal(
                forged.Sum(image => byWriter.GetValueOrDefault(labels[image])),
                pairs.Count(pair => pair.Relation is Relation.Different && (IsForged(pair.First) || IsForged(pair.Second))));
            Assert.Equal(pairs.Length, pairs.Distinct().Count());
        }
    }

    /// <summary>Images of each writer, genuine and forged; the place of the writer in a path is {0}, and a number and `.png` follow it.</summary>
    private void Write(string genuine, string forged, params string[] writers)
    {
        foreach (var writer in writers)
        {
            for (var i = 0; i < Each; i++)
            {
                Write(genuine, writer, i, isForged: false);
                Write(forged, writer, i, isForged: true);
            }
        }
    }

    private void Write(string place, string writer, int i, bool isForged)
    {
        var pixels = SomeImages.Pixels((1000 * writer[0]) + (2 * i) + (isForged ? 1 : 0), DataFolder.Small);
        if (isForged)
            _forgedPixels.Add(Convert.ToHexString(pixels));
        var path = place.Replace("{0}", writer, StringComparison.Ordinal);
        _folder.Write(path is [.., '_' or '-'] ? $"{path}{i:00}.png" : path.StartsWith("images", StringComparison.Ordinal) ? $"{path}-{i:00}.png" : $"{path}/{i:00}.png", PngWriter.Write(pixels, DataFolder.Small));
    }
}
