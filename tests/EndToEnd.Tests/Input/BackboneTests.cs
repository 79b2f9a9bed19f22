using Siamese.EndToEnd.Tests.Processes;
using Siamese.Testing.Networks;

namespace Siamese.EndToEnd.Tests.Input;

/// <summary>What the user can do with a network that somebody trained before.</summary>
public sealed class BackboneTests : IAsyncDisposable
{
    private readonly Home _home = new();

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Everything_that_works_with_images_works_with_a_backbone()
    {
        Write("small.onnx", new SmallNetwork { Sizes = ["N", 3, 28, 28] });
        var sweep = await _home.Ask(["sweep", "--name", "heads", .. SmallData.InShortEpochs, "--backbone", "small.onnx,small.onnx:pool", "--epochs", "1"]);
        Assert.Equal(4, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Equal([3, 4], sweep.List("trials").Select(trial => (int)trial.At("hyperparameters").Number("vectorWidth")).Distinct().Order());

        var sample = (await _home.Ask("sample", "--data", SmallData.Folder, "--count", "4", "--out", "samples")).At("images");
        string[] files = [.. sample.EnumerateArray().Select(image => image.Text("file")!)];
        var verdict = await _home.Ask("verdict", files[0], files[1], "--ensemble", "heads", "--novelty", "0.01");
        Assert.Equal(0, verdict.At("absent").GetArrayLength());
        await _home.Ask("enroll", "Ann", files[0], files[1], "--ensemble", "heads");
        Assert.Equal("Ann", (await _home.Ask("identify", files[0], "--ensemble", "heads")).At("matches")[0].Text("name"));
        Assert.Equal(250, (await _home.Ask("evaluate", "heads", "--data", SmallData.Folder)).At("images").Number("count"));
        await _home.Ask("embed", "heads", files[0], files[1], "--out", "embedded.npz");

        // The network travels with an export, and another home answers the same.
        (await _home.Client("export", "heads", "--out", "exported")).Exits(0);
        await using var other = new Home();
        var exported = Path.Combine(_home.Work, "exported");
        (await other.Client("import", exported, "--name", "copy")).Exits(0);
        Assert.Equal(
            verdict.Number("distance"), (await other.Ask("verdict", Path.Combine(_home.Work, files[0]), Path.Combine(_home.Work, files[1]), "--ensemble", "copy")).Number("distance"), 1e-6);
        (await other.Client("remove", "copy", "--yes")).Exits(0);
        var network = Directory.EnumerateFiles(exported, "network.onnx", SearchOption.AllDirectories).First();
        await File.AppendAllTextAsync(network, "more");
        Assert.Contains("network.onnx has changed since the export", (await other.Client("import", exported, "--name", "copy")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_before_anything_is_trained()
    {
        Write("external.onnx", new SmallNetwork { IsExternal = true });
        Write("operator.onnx", new SmallNetwork { Operator = "Melt" });
        await File.WriteAllBytesAsync(Path.Combine(_home.Work, "noise.onnx"), [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7919 >> 3))]);
        Write("small.onnx", new SmallNetwork());
        await using (var large = File.Create(Path.Combine(_home.Work, "large.onnx")))
            large.SetLength(2L << 30);

        await Refuses("keeps weights in other files", "external.onnx");
        await Refuses("Melt", "operator.onnx");
        await Refuses("not a network in the format of ONNX", "noise.onnx");
        await Refuses("more than the maximum of 1074 MB", "large.onnx");
        await Refuses("has no layer 'nowhere'", "small.onnx:nowhere");
        await Refuses("--backbone would have no effect", "small.onnx", "--encoders", "conv");
        await Refuses("Leave --vector-widths out", "small.onnx", "--vector-widths", "7");
        Assert.Equal(0, (await _home.Ask("status")).At("sweeps").EnumerateArray().Count(sweep => sweep.Text("phase") == "completed"));
    }

    private async Task Refuses(string sentence, string backbone, params string[] options)
    {
        var refused = (await _home.Client(["sweep", "--name", "bad", .. SmallData.InShortEpochs, "--backbone", backbone, .. options])).Exits(2);
        Assert.Contains(sentence, refused.Error + refused.Out, StringComparison.Ordinal);
    }

    private void Write(string name, SmallNetwork network) => File.WriteAllBytes(Path.Combine(_home.Work, name), network.Write());
}
