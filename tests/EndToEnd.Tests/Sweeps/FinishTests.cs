using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class FinishTests
{
    [Fact]
    public async Task A_finished_sweep_ends_with_an_ensemble_of_what_is_trained()
    {
        await using var home = new Home();
        await using var watcher = home.StartClient(
            ["sweep", .. SmallData.InShortEpochs, "--margins", "1,2,3", "--epochs", "10000", "--patience", "0", "--slots", "2", "--name", "enough", "--format", "json"]);
        await watcher.Until(() => home.SiloLog.Split("training starts").Length == 3, "two trials were in training");

        (await home.Client("finish", "enough")).Exits(0);

        var sweep = (await watcher.Ends()).Exits(0).Document;
        Assert.Equal(("enough", "finished early, as requested"), (sweep.Text("ensemble"), sweep.Text("stopped")));
        var trials = sweep.List("trials");
        Assert.Single(trials, trial => trial.Text("status") == "cancelled");
        var finished = trials.Where(trial => trial.Text("status") == "completed").ToArray();
        Assert.Equal(2, finished.Length);
        Assert.All(finished, trial => Assert.Equal($"finished early, after epoch {trial.Number("epochs")} of 10000", trial.Text("reason")));
        (await home.Client("finish", "enough")).Refuses(2, "ended");
        // The full trial is another one: it is trained, not reused.
        var again = await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "1", "--epochs", "10000", "--patience", "0", "--name", "full", "--detach"]);
        Assert.Equal("running", again.Text("phase"));
    }
}
