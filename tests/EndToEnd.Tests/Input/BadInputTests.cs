using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>Bad input ends with exit code 2, an unreachable silo with 3; one sentence says what is wrong and where.</summary>
public sealed class BadInputTests(SampledHome sampled) : IClassFixture<SampledHome>
{
    private readonly Home _home = sampled.Home;

    [Theory]
    [InlineData("--margins", "sweep", "--margins", "1,,2")]
    [InlineData("--ensembel", "verdict", "a.png", "--ensembel")]
    [InlineData("'swep'", "swep", "--margins", "1")]
    [InlineData("Name a command")]
    [InlineData("no encoder 'vgg'", "sweep", "--encoders", "conv,vgg")]
    [InlineData("not one of batch, listed", "sweep", "--pairing", "both")]
    [InlineData("/no/such.json cannot be read", "sweep", "--space", "/no/such.json")]
    [InlineData("at most 2", "sweep", "--margins", "3", "--distances", "cosine")]
    [InlineData("it applies only to --pairing listed", "sweep", "--pairs", "500")]
    [InlineData("list values, or draw points", "sweep", "--margins", "1..5")]
    [InlineData("no distance 'hamming'", "sweep", "--distances", "hamming")]
    [InlineData("no loss 'hinge'", "sweep", "--losses", "hinge")]
    [InlineData("--trials 20", "sweep", "--margins", "1..5", "--search", "random")]
    [InlineData("it applies only to losses on pairs", "sweep", "--losses", "triplet", "--balances", "0.5")]
    [InlineData("larger than a shard of 1000 images", "sweep", "--batch-sizes", "1001")]
    [InlineData("shard", "sweep", "--batch-sizes", "600", "--shards", "2")]
    [InlineData("--shards", "sweep", "--shards", "150")]
    [InlineData("pass --yes", "sweep", "--seeds", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "--margins", "1,2,3,4,5,6,7,8,9,10,11,12,13,14")]
    [InlineData("--format", "status", "--format", "xml")]
    [InlineData("group", "sweep", "--split-by", "group")]
    [InlineData("--out", "sample")]
    [InlineData("fewer than", "sample", "--out", "too-many", "--count", "20000")]
    public async Task An_invalid_option_is_refused(string message, params string[] line) =>
        (await _home.Client(line)).Refuses(2, message);

    [Theory]
    [InlineData("remove")]
    [InlineData("watch")]
    [InlineData("trials")]
    [InlineData("cancel")]
    [InlineData("status")]
    public async Task An_unknown_sweep_is_refused_by_name(string command)
    {
        (await _home.Client(command, "nobody-00")).Refuses(2, "'nobody-00'");
        (await _home.Client(command, "nobody-00", "--format", "json")).Refuses(2, "'nobody-00'");
    }

    [Theory]
    [InlineData(2, "HOST:PORT", "status", "--silo", "garbage")]
    [InlineData(2, "HOST:PORT", "status", "--silo", "localhost:99999")]
    [InlineData(3, "localhost:1", "status", "--silo", "localhost:1")]
    [InlineData(3, "example.invalid", "status", "--silo", "example.invalid:1")]
    [InlineData(3, "example.invalid", "sweep", "--data", ".", "--silo", "example.invalid:1")]
    [InlineData(2, "contains no rows", "sweep", "--data", "/proc/version", "--silo", "example.invalid:1")]
    [InlineData(2, "--cluster-id", "status", "--cluster-id", "mine")]
    public async Task An_invalid_or_unreachable_silo_is_reported(int exitCode, string message, params string[] line) =>
        (await _home.Client(line)).Refuses(exitCode, message);

    [Fact]
    public async Task A_missing_image_is_refused_by_name()
    {
        var whole = _home.WriteFile("whole.png", sampled.Png);

        (await _home.Client("verdict", whole, "missing.png")).Refuses(2, "'missing.png'");
        (await _home.Client("verdict", whole, ".")).Refuses(2, "folder");
        (await _home.Client("verdict", whole)).Refuses(2, "verdict --help");
        (await _home.Client("verdict", whole, whole)).Refuses(2, "no ensemble");
    }

    [Fact]
    public async Task A_missing_data_path_is_refused_by_name() =>
        (await _home.Client("sweep", "--data", "no such folder")).Refuses(2, "'no such folder'");

    [Fact]
    public async Task A_folder_of_one_class_is_refused()
    {
        for (var i = 0; i < 8; i++)
            _home.WriteFile($"one class/a/{i}.png", sampled.Png);

        (await _home.Client("sweep", "--data", "one class")).Refuses(2, "one class");
    }

    [Fact]
    public async Task A_truncated_image_among_good_ones_is_refused_by_path_before_training_starts()
    {
        sampled.CopyClasses("damaged", 8);
        var cut = _home.WriteFile("damaged/3/cut.png", sampled.Png[..(sampled.Png.Length / 2)]);

        (await _home.Client("sweep", "--data", "damaged", "--name", "damaged")).Refuses(2, cut);

        Assert.DoesNotContain("training starts", _home.SiloLog, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--label-means", "0/a.png,0/b.png,1\n")]
    [InlineData("row 2", "0/a.png,0/b.png,1\n0/a.png,nowhere.png,0\n", "--label-means", "same")]
    [InlineData("nowhere.png", "0/a.png,0/b.png,1\n0/a.png,nowhere.png,0\n", "--label-means", "same")]
    [InlineData("'2'", "0/a.png,0/b.png,1\n0/b.png,0/a.png,2\n", "--label-means", "different")]
    [InlineData("no rows", "", "--label-means", "different")]
    public async Task An_invalid_csv_of_pairs_is_refused_with_the_reason(string message, string rows, params string[] options)
    {
        _home.WriteFile("pairs/0/a.png", sampled.Png);
        _home.WriteFile("pairs/0/b.png", sampled.Png);
        _home.WriteFile("pairs/pairs.csv", System.Text.Encoding.UTF8.GetBytes(rows));

        (await _home.Client(["sweep", "--pairing", "listed", "--data", "pairs/pairs.csv", .. options])).Refuses(2, message);
    }

    [Fact]
    public async Task An_unwritable_data_folder_is_refused()
    {
        var file = _home.WriteFile("a file", []);
        await using var client = _home.Start(Built.Client, ["status"], ("SIAMESE_HOME", Path.Combine(file, "home")));

        (await client.Ends()).Refuses(2, "SIAMESE_HOME");
    }
}
