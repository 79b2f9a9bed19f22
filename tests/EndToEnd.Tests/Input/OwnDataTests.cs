using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>Sweeps on the user's own data.</summary>
public sealed class OwnDataTests(SampledHome sampled) : IClassFixture<SampledHome>
{
    private static readonly string[] _short = ["--encoders", "conv", "--epochs", "2", "--batch-sizes", "40"];

    private readonly Home _home = sampled.Home;

    [Fact]
    public async Task A_sweep_on_a_folder_of_images_by_class_gives_verdicts()
    {
        sampled.CopyClasses("my digits");

        var sweep = await Sweep("folder", "--data", "my digits");

        Completed(sweep, 1);
        var (a, b) = (sampled.Images(1)[0], sampled.Images(1)[1]);
        Assert.Equal("folder", (await _home.Ask("verdict", a, b, "--ensemble", "folder")).Text("ensemble"));
        Assert.Equal("my digits", (await _home.Ask("status", "folder")).Text("data"));
    }

    [Fact]
    public async Task Split_by_class_tests_on_classes_not_seen_in_training()
    {
        sampled.CopyClasses("by class");

        var sweep = await Sweep("unseen", "--data", "by class", "--split-by", "class");

        Completed(sweep, 1);
        // Two of ten classes with thirty images each: every pair of these sixty images.
        Assert.Equal(60 * 59 / 2, sweep.At("test").Number("pairs"));
    }

    [Fact]
    public async Task A_sweep_reads_idx_files_plain_or_compressed()
    {
        foreach (var name in new[] { "train-images-idx3-ubyte", "train-labels-idx1-ubyte" })
            CopyMnist($"{name}.gz", $"idx/{name}.gz");
        foreach (var name in new[] { "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" })
            _home.WriteFile($"idx/{name}", Unpacked($"{name}.gz"));

        var sweep = await Sweep("idx", "--data", "idx", "--margins", "1");

        Completed(sweep, 1);
        Assert.Equal(200_000, sweep.At("test").Number("pairs"));
    }

    [Theory]
    [InlineData("different", 0)]
    [InlineData("same", 1)]
    public async Task Training_on_a_csv_of_pairs_respects_what_a_1_means(string labelMeans, int labelOfSame)
    {
        WritePairs($"pairs of {labelMeans}.csv", labelOfSame);

        var sweep = await Sweep(
            $"csv-{labelMeans}", "--data", $"pairs of {labelMeans}.csv", "--label-means", labelMeans, "--pairing", "listed",
            "--pairs", "600", "--epochs", "4");

        Completed(sweep, 1);
        Assert.True(await Distance(0, 0) + await Distance(1, 1) < await Distance(0, 1) + await Distance(1, 0), "Same pairs lie farther apart.");
    }

    [Fact]
    public async Task Every_variant_is_trained_on_every_shard()
    {
        var sweep = await Sweep("shards", "--data", SmallData.Folder, "--shards", "2", "--margins", "1,2", "--epochs", "1");

        Assert.Equal(
            [(1.0, 0.0), (1.0, 1.0), (2.0, 0.0), (2.0, 1.0)],
            sweep.List("trials").Select(t => (t.At("hyperparameters").Number("margin"), t.Number("shard"))).Order());
        Completed(sweep, 4);
    }

    [Fact]
    public async Task Changed_images_are_different_data_and_their_trials_are_retrained()
    {
        sampled.CopyClasses("changing", 10);
        await Sweep("before", "--data", "changing", "--epochs", "1");
        var same = await Sweep("between", "--data", "../work/changing/", "--epochs", "1");
        File.Delete(Directory.EnumerateFiles(Path.Combine(_home.Work, "changing", "4")).First());

        var changed = await Sweep("after", "--data", "changing", "--epochs", "1");

        Assert.True(Assert.Single(same.List("trials")).At("reused").GetBoolean());
        Assert.False(Assert.Single(changed.List("trials")).At("reused").GetBoolean());
    }

    private static void Completed(JsonElement sweep, int trials) =>
        Assert.Equal(trials, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));

    /// <summary>Runs a sweep. These options override the short settings that the tests here use.</summary>
    private async Task<JsonElement> Sweep(string name, params string[] options)
    {
        var usual = _short.Chunk(2).Where(pair => !options.Contains(pair[0])).SelectMany(pair => pair);
        var client = await _home.Client(["sweep", "--name", name, .. options, .. usual, "--format", "json"]);
        return (client.ExitCode == 1 ? client : client.Exits(0)).Document;
    }

    /// <summary>The newest ensemble's distance between the first image of `digit` and the second image of `other`.</summary>
    private async Task<double> Distance(int digit, int other) =>
        (await _home.Ask("verdict", sampled.Images(digit)[0], sampled.Images(other)[1])).Number("distance");

    private void CopyMnist(string name, string to) => _home.WriteFile(to, File.ReadAllBytes(Mnist(name)));

    private static byte[] Unpacked(string name)
    {
        using var packed = new GZipStream(File.OpenRead(Mnist(name)), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    private static string Mnist(string name) => Path.Combine(Built.Repository, "src/Model/Data/MnistMini", name);

    /// <summary>Pairs each image with the next image of its digit, and with one image of the next digit.</summary>
    private void WritePairs(string file, int labelOfSame)
    {
        var rows = new StringBuilder("first,second,label\n");
        for (var digit = 0; digit < 10; digit++)
        {
            var (images, others) = (sampled.Images(digit), sampled.Images((digit + 1) % 10));
            for (var i = 0; i + 1 < images.Count; i++)
            {
                rows.Append(Row(images[i], images[i + 1], labelOfSame));
                rows.Append(Row(images[i], others[i], 1 - labelOfSame));
            }
        }
        _home.WriteFile(file, Encoding.UTF8.GetBytes(rows.ToString()));

        string Row(string a, string b, int label) =>
            $"{Path.GetRelativePath(_home.Work, a)},{Path.GetRelativePath(_home.Work, b)},{label}\n";
    }
}
