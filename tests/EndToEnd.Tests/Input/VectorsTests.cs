using System.Globalization;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>What the user can do with features that were computed before.</summary>
public sealed class VectorsTests : IAsyncDisposable
{
    private const int Classes = 6, Each = 20, Width = 8;

    private static readonly string[] _short = ["--steps", "20", "--epochs", "4", "--batch-sizes", "24"];

    private readonly Home _home = new();

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Everything_that_works_with_images_works_with_vectors()
    {
        await File.WriteAllTextAsync(Path.Combine(_home.Work, "features.csv"), Table());
        var sweep = await _home.Ask(["sweep", "--name", "heads", "--data", "features.csv", .. _short]);
        Assert.Equal(["linear", "mlp"], sweep.At("trials").EnumerateArray().Select(trial => trial.At("hyperparameters").Text("encoder")!).Order());

        var sample = (await _home.Ask("sample", "--data", "features.csv", "--count", "8", "--out", "samples")).At("images");
        string[] files = [.. sample.EnumerateArray().Select(image => image.Text("file")!)];
        Assert.All(files, file => Assert.EndsWith(".npy", file, StringComparison.Ordinal));
        var verdict = await _home.Ask("verdict", files[0], files[1], "--ensemble", "heads", "--novelty", "0.01");
        Assert.Equal((sample[0].Text("label"), "same"), (sample[1].Text("label"), verdict.Text("verdict")));
        Assert.Equal("different", (await _home.Ask("verdict", files[0], files[2], "--ensemble", "heads")).Text("verdict"));

        await File.WriteAllTextAsync(Path.Combine(_home.Work, "far.json"), $"[{string.Join(',', Enumerable.Repeat(1000, Width))}]");
        Assert.Equal("unsure", (await _home.Ask("verdict", files[0], "far.json", "--ensemble", "heads", "--novelty", "0.02")).Text("verdict"));

        await _home.Ask("enroll", "Ann", files[0], files[1], "--ensemble", "heads");
        await _home.Ask("enroll", "Bob", files[2], "--ensemble", "heads");
        Assert.Equal("Ann", (await _home.Ask("identify", files[0], "--ensemble", "heads")).At("matches")[0].Text("name"));
        Assert.Equal(2, (await _home.Ask("verdict", files[0], "--enrolled", "Ann", "--ensemble", "heads")).At("references").Number("count"));
        Assert.Equal(Classes * Each, (await _home.Ask("evaluate", "heads", "--data", "features.csv", "--images", "all")).At("images").Number("count"));

        // What the client writes can be read again, and an export gives the same distance.
        (await _home.Client("worst", "heads", "--out", "worst")).Exits(0);
        (await _home.Client("export", "heads", "--out", "exported")).Exits(0);
        (await _home.Client("import", "exported", "--name", "copy")).Exits(0);
        Assert.Equal(verdict.Number("distance"), (await _home.Ask("verdict", files[0], files[1], "--ensemble", "copy")).Number("distance"));
        await _home.Ask("embed", "heads", files[0], files[1], "--out", "embedded.npz");

        // A list may say what the vectors are, instead of the file that has them.
        await File.WriteAllTextAsync(Path.Combine(_home.Work, "pairs.csv"), "a,b,relation\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 110},{(i + (i % 2 == 0 ? 6 : 1)) % 120},{(i % 2 == 0 ? "same" : "different")}\n")));
        await File.WriteAllTextAsync(Path.Combine(_home.Work, "unnamed.csv"), Table());
        var pairs = await _home.Ask(["sweep", "--name", "listed", "--data", "pairs.csv", "--features", "unnamed.csv", .. _short[2..], "--pairs", "200"]);
        Assert.Equal("listed", pairs.At("trials")[0].At("hyperparameters").Text("pairing"));
        Assert.Equal("same", (await _home.Ask("verdict", files[0], files[1], "--ensemble", "listed")).Text("verdict"));

        await File.WriteAllTextAsync(Path.Combine(_home.Work, "short.csv"), "1,2,3");
        var other = (await _home.Client("verdict", files[0], "short.csv", "--ensemble", "heads")).Exits(2);
        Assert.Contains("short.csv has 3 numbers, and vectors of 8 are needed", other.Error, StringComparison.Ordinal);
        var encoder = (await _home.Client(["sweep", "--name", "images", "--data", "features.csv", "--encoders", "conv"])).Exits(2);
        Assert.Contains("features.csv has vectors, and the encoder 'conv' takes images. Use --encoders linear or mlp or scale.", encoder.Error + encoder.Out, StringComparison.Ordinal);
    }

    /// <summary>A vector near that of its class in each row.</summary>
    private static string Table()
    {
        var random = new Random(1);
        return $"label,{string.Join(',', Enumerable.Range(0, Width).Select(i => $"f{i}"))}\n" + string.Concat(Enumerable.Range(0, Classes * Each).Select(row =>
            $"class {row % Classes},{string.Join(',', Enumerable.Range(0, Width).Select(i => (Math.Sin((1 + (row % Classes)) * (1 + i)) + (0.1 * random.NextDouble())).ToString("R", CultureInfo.InvariantCulture)))}\n"));
    }
}
