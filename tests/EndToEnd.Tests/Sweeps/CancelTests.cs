using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class CancelTests
{
    [Fact]
    public async Task A_sweep_cancelled_by_another_client_exits_with_130_and_keeps_finished_trials()
    {
        await using var home = new Home();
        await using var watcher = home.StartClient(
            "sweep", "--data", SmallData.Folder, "--margins", "1,2,5,6,7", "--epochs", "3", "--steps", "15", "--slots", "1", "--name", "stopped", "--format", "json");
        await watcher.Says(": completed, validation EER");

        (await home.Client("cancel", "stopped")).Exits(0);

        var sweep = (await watcher.Ends()).Exits(130).Document;
        var statuses = sweep.List("trials").Select(trial => trial.Text("status")).ToList();
        Assert.Contains("completed", statuses);
        Assert.Contains("cancelled", statuses);
        Assert.All(statuses, status => Assert.Contains(status, new[] { "completed", "cancelled" }));
        Assert.Equal("cancelled", (await home.Ask("status", "stopped")).Text("phase"));
        (await home.Client("watch", "stopped")).Exits(130);
        var again = await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "3", "--steps", "15");
        Assert.True(Assert.Single(again.List("trials")).At("reused").GetBoolean());
    }

    [Fact]
    public async Task A_trial_is_cancelled_by_a_prefix_of_its_id_and_the_sweep_continues_without_it()
    {
        await using var home = new Home();
        await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "3,100000", "--patience", "0", "--slots", "1", "--name", "pruned", "--detach");
        var waiting = (await home.Ask("trials", "pruned")).List("trials")
            .Single(trial => trial.At("hyperparameters").Number("epochs") > 3).Text("trial")!;

        var cancelled = await home.Ask("cancel", waiting[..8]);

        Assert.Equal("pruned", cancelled.Text("sweep"));
        var sweep = await home.Ask("watch", "pruned");
        Assert.Equal(
            [(3.0, "completed"), (100_000.0, "cancelled")],
            sweep.List("trials").Select(t => (t.At("hyperparameters").Number("epochs"), t.Text("status")!)).Order());
        Assert.Equal("pruned", sweep.Text("ensemble"));
        (await home.Client("cancel", waiting[..8])).Refuses(2, waiting[..8]);
        (await home.Client("cancel", "pruned")).Refuses(2, "ended");
    }

    [Fact]
    public async Task A_running_trial_can_be_cancelled()
    {
        await using var home = new Home();
        await using var watcher = home.StartClient(
            "sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "100000", "--patience", "0", "--name", "endless", "--format", "json");
        await watcher.Until(() => home.SiloLog.Contains("training starts", StringComparison.Ordinal), "a trial was in training");
        var trial = (await home.Ask("trials", "endless")).List("trials").Single().Text("trial")!;

        (await home.Client("cancel", trial[..8])).Exits(0);

        var sweep = (await watcher.Ends()).Exits(1).Document;
        Assert.Equal("cancelled", Assert.Single(sweep.List("trials")).Text("status"));
    }

    [Fact]
    public async Task A_detached_sweep_continues_and_can_be_watched_later()
    {
        await using var home = new Home();

        var detached = await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1,2", "--epochs", "1", "--name", "away", "--detach"]);

        Assert.Equal("running", detached.Text("phase"));
        Assert.Equal(2, detached.Number("trials"));
        Assert.Equal("away", Assert.Single((await home.Ask("status")).List("sweeps")).Text("sweep"));
        var sweep = await home.Ask("watch", "away");
        Assert.Equal("away", sweep.Text("ensemble"));
        Assert.Equal(2, sweep.List("trials").Count);
    }

    [Fact]
    public async Task A_detached_sweep_on_bad_data_is_refused_before_the_client_exits()
    {
        await using var home = new Home();
        Directory.CreateDirectory(Path.Combine(home.Work, "empty"));

        (await home.Client("sweep", "--data", "empty", "--detach")).Refuses(2, Path.Combine(home.Work, "empty"));
    }

    [Theory]
    [InlineData("diverged", "--learning-rates", "1e30")]
    [InlineData("collapsed", "--encoders", "article", "--learning-rates", "10")]
    public async Task A_sweep_without_a_usable_member_exits_with_1_and_says_why(string reason, params string[] options)
    {
        await using var home = new Home();

        var sweep = (await home.Client(["sweep", "--data", SmallData.Folder, "--epochs", "1", "--name", "hopeless", "--format", "json", .. options])).Exits(1);

        var trial = Assert.Single(sweep.Document.List("trials"));
        Assert.Equal("unusable", trial.Text("status"));
        Assert.StartsWith(reason, trial.Text("reason"), StringComparison.Ordinal);
        Assert.Null(sweep.Document.Text("ensemble"));
        Assert.Contains(reason, (await home.Client("watch", "hopeless")).Exits(1).Out, StringComparison.Ordinal);
        Assert.Empty((await home.Ask("ensembles")).List("ensembles"));
    }
}
