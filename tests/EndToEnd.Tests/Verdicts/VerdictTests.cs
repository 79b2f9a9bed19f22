using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;
using Siamese.EndToEnd.Tests.Sweeps;

namespace Siamese.EndToEnd.Tests.Verdicts;

public sealed partial class VerdictTests(TrainedHome trained) : IClassFixture<TrainedHome>
{
    private readonly Home _home = trained.Home;

    [Fact]
    public async Task Samples_are_files_named_by_label_and_index()
    {
        var files = await Sample("named", 10);

        Assert.Equal(10, files.Count);
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(_home.Work, "named")).Order(), files.Order());
        Assert.All(files, file => Assert.Matches(LabelAndIndex(), Path.GetFileName(file)));
        Assert.All(files, file => Assert.Equal("PNG"u8.ToArray(), File.ReadAllBytes(file)[1..4]));
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_samples()
    {
        var once = await Sample("once", 6);
        var twice = await Sample("twice", 6);

        Assert.Equal(once.Select(Path.GetFileName), twice.Select(Path.GetFileName));
    }

    [Fact]
    public async Task At_least_nine_of_ten_verdicts_are_right_on_same_and_different_pairs()
    {
        // Two images of each digit: neighbouring pairs are the same, pairs across digits are different.
        var files = await Sample("pairs", 20);
        var pairs = Enumerable.Range(0, 10).Select(i => (files[2 * i], files[2 * i + 1]))
            .Concat(Enumerable.Range(0, 10).Select(i => (files[2 * i], files[(2 * i + 3) % 20]))).ToList();
        _home.WriteFile("twenty.csv", Encoding.UTF8.GetBytes(string.Join('\n', pairs.Select(pair => $"{pair.Item1},{pair.Item2}"))));

        await _home.Ask("verdict", "--pairs", "twenty.csv", "--out", "twenty-verdicts.csv", "--ensemble", "good");

        var verdicts = File.ReadAllLines(Path.Combine(_home.Work, "twenty-verdicts.csv")).Skip(1).Select(row => row.Split(',')[2]);
        var right = pairs.Zip(verdicts).Count(asked => (asked.Second == "same") == (Label(asked.First.Item1) == Label(asked.First.Item2)));
        Assert.Equal(20, verdicts.Count());
        Assert.True(right >= 18, $"{right} of 20 verdicts were right.");
    }

    [Fact]
    public async Task Embeddings_have_the_distances_of_the_verdict()
    {
        var files = await Sample("embedded", 4);

        var embedded = await _home.Ask("embed", "good", files[0], files[2], "--out", "two.csv");

        var verdict = await _home.Ask("verdict", files[0], files[2], "--ensemble", "good");
        var rows = File.ReadAllLines(Path.Combine(_home.Work, "two.csv")).Skip(1)
            .Select(row => Array.ConvertAll(row.Split(',')[1..], number => double.Parse(number, CultureInfo.InvariantCulture))).ToArray();
        var distances = embedded.List("members").Select(member =>
        {
            Assert.Equal("euclidean", member.Text("distance"));
            var columns = Enumerable.Range((int)member.Number("from")!, (int)member.Number("width")!);
            return Math.Sqrt(columns.Sum(column => Math.Pow(rows[0][column] - rows[1][column], 2)));
        }).ToArray();
        Assert.All(distances.Zip(verdict.List("members")), pair => Assert.Equal(pair.Second.Number("distance")!, pair.First, 4));
        var combined = embedded.List("members").Zip(distances, (member, distance) => member.Number("weight") * distance / member.Number("threshold")).Sum();
        Assert.Equal(verdict.Number("distance") / verdict.Number("threshold"), combined!, 4);
    }

    [Fact]
    public async Task Its_document_shows_how_the_verdict_was_reached()
    {
        var files = await Sample("document", 4);

        var verdict = await _home.Ask("verdict", files[0], files[2]);

        Assert.Equal(["verdict", "doubts", "distance", "threshold", "probability", "prior", "ensemble", "version", "members", "disagreement", "operatingPoint", "familiarity", "milliseconds", "degraded", "absent", "id", "references"], verdict.Names());
        Assert.Equal("good", verdict.Text("ensemble"));
        Assert.Equal("different", verdict.Text("verdict"));
        Assert.True(verdict.Number("distance") > verdict.Number("threshold"));
        Assert.InRange(verdict.Number("probability"), 0, 0.5);
        var member = Assert.Single(verdict.List("members"));
        Assert.Equal(["trial", "distance", "threshold", "weight", "vote"], member.Names());
        Assert.Equal(1, member.Number("weight"));
    }

    [Fact]
    public async Task A_prior_shifts_the_probability_a_band_makes_the_verdict_unsure_and_a_version_can_be_chosen()
    {
        var files = await Sample("terms", 4);

        var plain = await _home.Ask("verdict", files[0], files[2]);
        var rare = await _home.Ask("verdict", files[0], files[2], "--ensemble", "good@1", "--prior", "0.01", "--unsure", "0..0.5");

        var odds = plain.Number("probability") / (1 - plain.Number("probability")) / 99;
        Assert.Equal(odds / (1 + odds), rare.Number("probability"), 1e-9);
        Assert.Equal(("different", "unsure"), (plain.Text("verdict"), rare.Text("verdict")));
        Assert.Equal("a probability from 0 to 50 % is unsure", Assert.Single(rare.List("doubts")).GetString());
        Assert.Equal(plain.Number("distance"), rare.Number("distance"));
        (await _home.Client("verdict", files[0], files[2], "--ensemble", "good@7")).Refuses(2, "no version 7");
    }

    [Fact]
    public async Task A_threshold_for_an_error_rate_stays_within_that_rate()
    {
        var files = await Sample("points", 4);

        var strict = await _home.Ask("verdict", files[0], files[2], "--max-far", "0.001");
        var lax = await _home.Ask("verdict", files[0], files[2], "--max-frr", "0.001");

        Assert.True(strict.Number("threshold") < lax.Number("threshold"));
        var point = strict.At("operatingPoint");
        Assert.InRange(point.Number("far"), 0.0009, 0.001);
        Assert.InRange(point.Number("far"), point.Number("farLow"), point.Number("farHigh"));
        Assert.InRange(point.Number("frr"), point.Number("frrLow"), point.Number("frrHigh"));
        Assert.InRange(lax.At("operatingPoint").Number("frr"), 0.0009, 0.001);
        (await _home.Client("verdict", files[0], files[2], "--max-far", "0.00001")).Refuses(2, "it needs 3,000,000");
    }

    [Fact]
    public async Task A_csv_of_pairs_gets_the_verdicts_of_single_pairs_and_resumes_after_an_interruption()
    {
        var files = await Sample("bulk", 10);
        _home.WriteFile("bulk.csv", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 9).Select(i => $"{files[i]},{files[i + 1]}").Append($"{files[0]},nowhere.png"))));

        // The pair with a missing image fails, and is tried again.
        string[] command = ["verdict", "--pairs", "bulk.csv", "--out", "bulk-verdicts.csv", "--ensemble", "good", "--format", "json"];
        var all = (await _home.Client(command)).Exits(4).Document;

        var path = Path.Combine(_home.Work, "bulk-verdicts.csv");
        var rows = File.ReadAllLines(path);
        Assert.Equal((10, 1, 11), (all.Number("pairs"), all.Number("problems"), rows.Length));
        var alone = await _home.Ask("verdict", files[3], files[4], "--ensemble", "good");
        Assert.Equal(alone.Text("verdict"), rows[4].Split(',')[2]);
        Assert.Equal(alone.Number("distance"), double.Parse(rows[4].Split(',')[4], CultureInfo.InvariantCulture), 1e-5);
        Assert.Contains("There is no image file", rows[10], StringComparison.Ordinal);

        File.WriteAllText(path, string.Join('\n', rows[..6]) + "\nhalf a r");
        Assert.Equal(5, (await _home.Client(command)).Exits(4).Document.Number("earlier"));
        Assert.Equal(rows.Select(row => row.Split(',')[..3]), File.ReadAllLines(path).Select(row => row.Split(',')[..3]));
    }

    [Fact]
    public async Task Noise_and_a_chessboard_look_like_nothing_in_training_and_a_blank_image_is_refused()
    {
        var digit = (await Sample("novel", 1))[0];
        var random = new Random(1);
        string[] odd =
        [
            _home.WriteFile("noise.pgm", [.. "P5 28 28 255\n"u8, .. Enumerable.Range(0, 784).Select(_ => (byte)random.Next(256))]),
            _home.WriteFile("chessboard.pgm", [.. "P5 28 28 255\n"u8, .. Enumerable.Range(0, 784).Select(i => (byte)((((i / 28 / 7) + (i % 28 / 7)) % 2) * 255))]),
        ];

        foreach (var file in odd)
        {
            var verdict = await _home.Ask("verdict", digit, file, "--novelty", "0.02");
            Assert.Equal("unsure", verdict.Text("verdict"));
            Assert.Contains("the second image is unlike all training images", Assert.Single(verdict.List("doubts")).GetString(), StringComparison.Ordinal);
        }

        Assert.NotEqual("unsure", (await _home.Ask("verdict", digit, digit, "--novelty", "0.02")).Text("verdict"));
        (await _home.Client("verdict", digit, _home.WriteFile("white.pgm", [.. "P5 28 28 255\n"u8, .. Enumerable.Repeat((byte)255, 784)]))).Refuses(2, "is blank");
    }

    [Fact]
    public async Task An_image_compared_with_itself_is_the_same_at_distance_0()
    {
        var file = (await Sample("twin", 1))[0];

        var verdict = await _home.Ask("verdict", file, file);

        Assert.Equal("same", verdict.Text("verdict"));
        Assert.Equal(0, verdict.Number("distance"), 1e-6);
        Assert.True(verdict.Number("probability") > 0.5);
    }

    [Fact]
    public async Task The_order_of_the_two_images_makes_no_difference()
    {
        var files = await Sample("order", 4);

        var there = await _home.Ask("verdict", files[0], files[2]);
        var back = await _home.Ask("verdict", files[2], files[0]);

        Assert.Equal(there.Number("distance"), back.Number("distance"), 1e-6);
    }

    [Fact]
    public async Task Without_a_name_the_newest_ensemble_gives_the_verdict_and_is_named()
    {
        await using var own = new Home();
        var files = (await own.Ask("sample", "--out", "samples", "--count", "2")).List("images").Select(i => i.Text("file")!).ToArray();
        (await own.Client("verdict", files[0], files[1])).Refuses(2, "no ensemble yet");
        await own.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--name", "older"]);
        await own.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2", "--epochs", "1", "--name", "newer"]);

        Assert.Contains("newer", (await own.Client("verdict", files[0], files[1])).Exits(0).Out, StringComparison.Ordinal);
        Assert.Equal("older", (await own.Ask("verdict", files[0], files[1], "--ensemble", "older")).Text("ensemble"));
        Assert.Equal(["newer", "older"], (await own.Ask("ensembles")).List("ensembles").Select(e => e.Text("ensemble")));
    }

    [Fact]
    public async Task An_unknown_ensemble_is_refused_by_name()
    {
        var file = (await Sample("unknown", 1))[0];

        (await _home.Client("verdict", file, file, "--ensemble", "nobody")).Refuses(2, "nobody");
    }

    [Fact]
    public async Task A_file_that_is_not_a_complete_image_is_refused_by_name()
    {
        var whole = (await Sample("whole", 1))[0];
        var png = File.ReadAllBytes(whole);
        string[] bad =
        [
            _home.WriteFile("letter.png", "Dear silo,"u8.ToArray()),
            _home.WriteFile("empty.png", []),
            _home.WriteFile("cut.png", png[..(png.Length / 2)]),
        ];

        foreach (var file in bad)
        {
            (await _home.Client("verdict", file, whole)).Refuses(2, file);
            (await _home.Client("verdict", whole, file, "--format", "json")).Refuses(2, file);
        }
    }

    private static string Label(string file) => Path.GetFileName(file).Split('-')[0];

    /// <summary>Draws samples and returns their absolute paths in the order drawn.</summary>
    private async Task<IReadOnlyList<string>> Sample(string folder, int count)
    {
        var document = await _home.Ask("sample", "--out", folder, "--count", $"{count}", "--seed", "7");
        return [.. document.List("images").Select(image => Path.Combine(_home.Work, image.Text("file")!))];
    }

    [GeneratedRegex("^[0-9]-[0-9]{4}\\.png$")]
    private static partial Regex LabelAndIndex();
}
