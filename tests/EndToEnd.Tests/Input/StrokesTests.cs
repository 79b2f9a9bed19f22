using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>What the user can do with pen strokes, and with drawings that there are as images and as strokes.</summary>
public sealed class StrokesTests(SignedHome signatures) : IClassFixture<SignedHome>
{
    private static readonly string[] _short = ["--steps", "20", "--epochs", "4", "--batch-sizes", "24"];

    private readonly Home _home = signatures.Home;

    [Fact]
    public async Task Everything_that_works_with_images_works_with_pen_strokes()
    {
        var sweep = await Sweep("pens", "--data", "pens");
        Assert.Equal("strokes", sweep.At("trials")[0].At("hyperparameters").Text("encoder"));

        var verdict = await _home.Ask("verdict", Pens(0, 0), Pens(0, 1), "--ensemble", "pens", "--novelty", "0.01");
        Assert.InRange(verdict.Number("distance"), 0.01, 100);
        await _home.Ask("enroll", "Ann", Pens(0, 0), Pens(0, 1), "--ensemble", "pens");
        await _home.Ask("enroll", "Bob", Pens(1, 0), "--ensemble", "pens");
        Assert.Equal("Ann", (await _home.Ask("identify", Pens(0, 0), "--ensemble", "pens")).At("matches")[0].Text("name"));
        Assert.Equal(160, (await _home.Ask("evaluate", "pens", "--data", "pens", "--images", "all")).At("images").Number("count"));

        var against = await _home.Ask("verdict", Pens(0, 3), "--references", Pens(0, 0), Pens(0, 1), Pens(0, 2), "--ensemble", "pens");
        Assert.Equal((3, 3), ((int)against.At("references").Number("count"), against.At("references").At("distances").GetArrayLength()));
        Assert.Equal(2, (await _home.Ask("verdict", Pens(0, 3), "--enrolled", "Ann", "--ensemble", "pens")).At("references").Number("count"));
        Assert.Equal(4, (await _home.Ask("evaluate", "pens", "--data", "pens", "--images", "all", "--references", "4")).At("references").Number("references"));

        // What the client writes can be read again, and an export gives the same distance.
        var sample = (await _home.Ask("sample", "--data", "pens", "--count", "2", "--out", "samples")).At("images");
        await _home.Ask("verdict", sample[0].Text("file")!, sample[1].Text("file")!, "--ensemble", "pens");
        (await _home.Client("worst", "pens", "--out", "worst")).Exits(0);
        (await _home.Client("export", "pens", "--out", "exported")).Exits(0);
        (await _home.Client("import", "exported", "--name", "copy")).Exits(0);
        Assert.Equal(verdict.Number("distance"), (await _home.Ask("verdict", Pens(0, 0), Pens(0, 1), "--ensemble", "copy")).Number("distance"));

        var image = (await _home.Client("verdict", Path.Combine(_home.Work, "samples", "none.png"), Pens(0, 1), "--ensemble", "pens")).Exits(2);
        Assert.Contains("There is no image file", image.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ensemble_of_images_and_strokes_judges_by_what_there_is_of_both_drawings()
    {
        var sweep = await Sweep("mixed", "--data", "both", "--inputs", "both", "--fit", "ink", "--input-sizes", "24x72");
        Assert.Equal(["conv", "strokes"], sweep.At("trials").EnumerateArray().Select(trial => trial.At("hyperparameters").Text("encoder")!).Order());

        var all = await _home.Ask("verdict", Both(0, 0, ".png"), Both(1, 0, ".png"), "--ensemble", "mixed");
        Assert.Equal((2, 0), (all.At("members").GetArrayLength(), all.At("absent").GetArrayLength()));

        var strokes = await _home.Ask("verdict", Both(0, 0, ".csv"), Both(1, 0, ".png"), "--ensemble", "mixed");
        Assert.Equal((1, 1), (strokes.At("members").GetArrayLength(), strokes.At("absent").GetArrayLength()));
        Assert.Contains("it takes images, which are missing here", strokes.At("absent")[0].Text("reason"), StringComparison.Ordinal);

        File.Delete(Both(1, 0, ".csv"));
        var images = await _home.Ask("verdict", Both(0, 0, ".png"), Both(1, 0, ".png"), "--ensemble", "mixed");
        Assert.Contains("it takes pen strokes", images.At("absent")[0].Text("reason"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Both(1, 0, ".txt"), "a caption, not pen strokes");
        Assert.Equal(images.Number("distance"), (await _home.Ask("verdict", Both(0, 0, ".png"), Both(1, 0, ".png"), "--ensemble", "mixed")).Number("distance"));
        var term = (await _home.Client("verdict", Both(0, 0, ".png"), Both(1, 0, ".png"), "--ensemble", "mixed", "--novelty", "0.1")).Exits(2);
        Assert.Contains("--novelty is about what all members of the ensemble measured", term.Error, StringComparison.Ordinal);
        var nothing = (await _home.Client("verdict", Both(0, 0, ".csv"), Both(1, 0, ".png"), "--ensemble", "mixed")).Exits(2);
        Assert.Contains("cannot be compared", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gallery_of_images_and_strokes_is_searched_by_what_there_is_of_the_drawing()
    {
        await Sweep("gallery", "--data", "both", "--inputs", "both", "--fit", "ink", "--input-sizes", "24x72");
        await _home.Ask("enroll", "Ann", Both(2, 0, ".png"), Both(2, 1, ".png"), "--ensemble", "gallery");
        await _home.Ask("enroll", "Bob", Both(6, 0, ".png"), "--ensemble", "gallery");

        var both = await _home.Ask("identify", Both(2, 0, ".png"), "--ensemble", "gallery");
        var strokes = await _home.Ask("identify", Both(2, 0, ".csv"), "--ensemble", "gallery");
        Assert.Equal(("Ann", 0, 3), (both.At("matches")[0].Text("name"), both.At("absent").GetArrayLength(), (int)both.Number("references")));
        Assert.Equal(("Ann", 1, 3), (strokes.At("matches")[0].Text("name"), strokes.At("absent").GetArrayLength(), (int)strokes.Number("references")));
        Assert.NotEqual(both.At("matches")[1].Number("distance"), strokes.At("matches")[1].Number("distance"));
        Assert.Equal(2, (await _home.Ask("verdict", Both(2, 2, ".png"), "--enrolled", "Ann", "--ensemble", "gallery")).At("references").Number("count"));

        var alone = (await _home.Client("enroll", "Eve", Both(3, 0, ".csv"), "--ensemble", "gallery")).Exits(2);
        Assert.Contains("00.csv has only pen strokes, and ensemble gallery takes images too", alone.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_home.Work, "more", "Cid"));
        foreach (var file in (string[])[Both(4, 0, ".png"), Both(4, 0, ".csv"), Both(4, 1, ".png")])
            File.Copy(file, Path.Combine(_home.Work, "more", "Cid", Path.GetFileName(file)));
        var bulk = (await _home.Client("enroll", "--from", "more", "--ensemble", "gallery", "--format", "json")).Exits(4);
        Assert.Contains("01.png has no pen strokes, and ensemble gallery takes them too", bulk.Out, StringComparison.Ordinal);
        Assert.Equal("Cid", (await _home.Ask("identify", Both(4, 0, ".png"), "--ensemble", "gallery")).At("matches")[0].Text("name"));
    }

    [Theory]
    [InlineData("To suit both", new[] { "--inputs", "strokes" }, 0)]
    [InlineData("both has images, and the encoder 'tdnn' takes pen strokes. Use --encoders conv or article or koch or residual or chopra or drlim, or --inputs both", new[] { "--encoders", "tdnn" }, 1)]
    [InlineData("both has pen strokes, and the encoder 'conv' takes images. Use --encoders tdnn or strokes.", new[] { "--encoders", "conv", "--inputs", "strokes" }, 1)]
    public async Task An_encoder_that_does_not_fit_the_data_is_refused_before_training(string sentence, string[] options, int exitCode)
    {
        var outcome = await _home.Client(["sweep", "--name", $"fit{options.Length}{exitCode}", "--data", "both", .. _short, .. options]);

        Assert.Contains(sentence, outcome.Error + outcome.Out, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, outcome.ExitCode == 0);
    }

    private async Task<System.Text.Json.JsonElement> Sweep(string name, params string[] options) =>
        await _home.Ask(["sweep", "--name", name, .. _short, .. options]);

    private string Pens(int writer, int number) => signatures.Drawn("pens", writer, number, ".csv");

    private string Both(int writer, int number, string extension) => signatures.Drawn("both", writer, number, extension);
}
