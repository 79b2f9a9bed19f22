using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

/// <summary>What the user can do with the weights of an ensemble on new data.</summary>
public sealed class WarmStartTests
{
    private static readonly string[] _short = [.. SmallData.InShortEpochs, "--epochs", "2"];

    [Fact]
    public async Task A_sweep_starts_from_a_member_and_its_ensemble_works_like_any_other()
    {
        await using var home = new Home();
        var old = await home.Ask(["sweep", .. _short, "--name", "old", "--margins", "1,2", "--embedding-sizes", "16"]);
        var best = old.List("trials").MinBy(trial => trial.At("validation").Number("eer"));

        var warm = (await home.Client(["sweep", .. _short, "--name", "warm", "--from", "old", "--freeze", "0,1", "--losses", "triplet", "--seeds", "2"])).Exits(0);

        Assert.Contains($"Every trial starts from the weights of trial {best.Text("trial")![..8]}, the member of old@", warm.Out + warm.Error, StringComparison.Ordinal);
        var trials = (await home.Ask("trials", "warm")).List("trials").Select(trial => trial.At("hyperparameters")).ToArray();
        Assert.Equal([0, 1], trials.Select(trial => trial.Number("freeze")).Order());
        Assert.All(trials, trial => Assert.Equal((16, "triplet", 64), (trial.Number("embeddingSize"), trial.Text("loss"), trial.Text("from")!.Length)));

        // The weights stay although the sweep that trained them is gone, so more trials can start from them.
        await home.Ask("remove", "old", "--yes");
        (await home.Client(["sweep", .. _short, "--name", "again", "--from", best.Text("trial")!])).Refuses(2, "there is no ensemble");
        await home.Ask(["sweep", .. _short, "--name", "chain", "--from", "warm@1"]);

        var files = (await home.Ask("sample", "--out", "samples", "--count", "2")).List("images").Select(image => image.Text("file")!).ToArray();
        (await home.Client("export", "warm", "--out", "exported")).Exits(0);
        (await home.Client("import", "exported", "--name", "copy")).Exits(0);
        Assert.Equal(
            (await home.Ask("verdict", files[0], files[1], "--ensemble", "warm")).Number("distance"),
            (await home.Ask("verdict", files[0], files[1], "--ensemble", "copy")).Number("distance"));
        await home.Ask(["sweep", .. _short, "--name", "from-copy", "--from", "copy"]);

        foreach (var sweep in new[] { "warm", "chain", "copy", "from-copy" })
            await home.Ask("remove", sweep, "--yes");
        Assert.Equal(0, home.BlobBytes());
    }

    [Fact]
    public async Task What_cannot_be_trained_is_refused()
    {
        await using var home = new Home();
        await home.Ask(["sweep", .. _short, "--name", "old"]);
        await File.WriteAllTextAsync(Path.Combine(home.Work, "features.csv"), "label,a,b\n" + string.Concat(Enumerable.Range(0, 60).Select(row => $"class {row % 3},{row % 3},{row}\n")));

        (await home.Client("sweep", "--from", "nothing")).Refuses(2, "--from: there is no ensemble 'nothing', and no trial whose id starts so.");
        (await home.Client("sweep", "--from", "old@7")).Refuses(2, "has no version 7");
        (await home.Client("sweep", "--from", "old", "--encoders", "residual")).Refuses(2, "The weights of --from old have --encoders conv, not residual.");
        (await home.Client("sweep", "--from", "old", "--freeze", "4")).Refuses(2, "The encoder 'conv' has 3 stages that can be frozen, and --freeze is 4; use 3 or less.");
        (await home.Client("sweep", "--freeze", "1")).Refuses(2, "--freeze would have no effect, because it applies only to trials that start --from other weights.");
        var vectors = (await home.Client("sweep", "--data", "features.csv", "--from", "old")).Exits(2);
        Assert.Contains("features.csv has vectors, and the weights named by --from are of an encoder that takes images.", vectors.Out + vectors.Error, StringComparison.Ordinal);
    }
}
