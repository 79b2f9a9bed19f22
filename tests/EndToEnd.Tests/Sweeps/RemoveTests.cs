using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class RemoveTests
{
    [Fact]
    public async Task Removing_a_sweep_frees_disk_space_but_keeps_trials_shared_with_another_sweep()
    {
        await using var home = new Home();
        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1,2", "--epochs", "1", "--name", "leaves"]);
        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2,5", "--epochs", "1", "--name", "stays"]);
        var (both, trials) = (home.BlobBytes(), (await home.Ask("trials", "stays")).GetRawText());

        var removed = await home.Ask("remove", "leaves", "--yes");

        Assert.True(removed.Number("freedBytes") > 0);
        Assert.Equal(both - removed.Number("freedBytes"), home.BlobBytes());
        Assert.Equal("stays", Assert.Single((await home.Ask("status")).List("sweeps")).Text("sweep"));
        Assert.Equal("stays", Assert.Single((await home.Ask("ensembles")).List("ensembles")).Text("ensemble"));
        Assert.Equal(trials, (await home.Ask("trials", "stays")).GetRawText());
        var files = (await home.Ask("sample", "--out", "samples", "--count", "2")).List("images").Select(i => i.Text("file")!).ToArray();
        Assert.Equal("stays", (await home.Ask("verdict", files[0], files[1])).Text("ensemble"));
        (await home.Client("verdict", files[0], files[1], "--ensemble", "leaves")).Refuses(2, "leaves");
        var again = await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1,2", "--epochs", "1", "--name", "again"]);
        Assert.Equal(
            [(1.0, false), (2.0, true)],
            again.List("trials").Select(t => (t.At("hyperparameters").Number("margin"), t.At("reused").GetBoolean())).Order());
    }

    [Fact]
    public async Task Removing_the_last_sweep_leaves_no_weights_behind()
    {
        await using var home = new Home();
        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "1", "--name", "only"]);
        Assert.True(home.BlobBytes() > 0);

        await home.Ask("remove", "only", "--yes");

        Assert.Equal(0, home.BlobBytes());
        (await home.Client("status", "only")).Refuses(2, "only");
    }

    [Fact]
    public async Task A_running_sweep_cannot_be_removed()
    {
        await using var home = new Home();
        await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "100000", "--patience", "0", "--name", "busy", "--detach");

        (await home.Client("remove", "busy", "--yes")).Refuses(2, "cancel it first");

        (await home.Client("cancel", "busy")).Exits(0);
        (await home.Client("watch", "busy")).Exits(130);
        (await home.Client("remove", "busy", "--yes")).Exits(0);
    }
}
