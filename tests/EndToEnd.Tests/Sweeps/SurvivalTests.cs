using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

public sealed class SurvivalTests
{
    [Fact]
    public async Task Sweeps_and_ensembles_survive_killing_every_process_and_every_version_gives_the_same_verdicts()
    {
        await using var home = new Home();
        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--search", "random", "--margins", "1..5", "--trials", "2", "--epochs", "1", "--name", "kept"]);
        var sweep = await home.Ask("extend", "kept", "--trials", "2");
        var ensembles = (await home.Ask("ensembles")).GetRawText();
        var all = await home.Ask("ensembles", "kept");
        var trials = (await home.Ask("trials", "kept")).GetRawText();
        var files = (await home.Ask("sample", "--out", "samples", "--count", "2")).List("images").Select(i => i.Text("file")!).ToArray();
        var newest = await home.Ask("verdict", files[0], files[1]);
        var versions = all.List("ensembles").Select(version => (int)version.Number("version")).ToArray();
        Assert.True(versions.Length > 1, "There is only one version to ask.");
        var verdicts = await Verdicts();

        await home.KillSilo();

        Assert.Equal("completed", (await home.Ask("status", "kept")).Text("phase"));
        Assert.Equal(trials, (await home.Ask("trials", "kept")).GetRawText());
        Assert.Equal(ensembles, (await home.Ask("ensembles")).GetRawText());
        Assert.Equal(all.GetRawText(), (await home.Ask("ensembles", "kept")).GetRawText());
        await home.KillSilo();
        var after = await home.Ask("verdict", files[0], files[1]);
        Assert.Equal(newest.Number("distance"), after.Number("distance"));
        Assert.Equal(newest.Text("ensemble"), after.Text("ensemble"));
        Assert.Equal(verdicts, await Verdicts());
        Assert.Equal(sweep.At("test").GetRawText(), (await home.Ask("watch", "kept")).At("test").GetRawText());

        async Task<string[]> Verdicts()
        {
            var asked = new List<string>();
            foreach (var version in versions)
            {
                var verdict = await home.Ask("verdict", files[0], files[1], "--ensemble", $"kept@{version}");
                asked.Add(string.Join(", ", verdict.Names().Where(name => name != "milliseconds").Select(name => $"{name}: {verdict.At(name)}")));
            }

            return [.. asked];
        }
    }

    [Fact]
    public async Task Watching_a_sweep_after_its_silo_was_killed_resumes_it_without_repeating_finished_trials()
    {
        await using var home = new Home();
        await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1,2,5", "--epochs", "2", "--steps", "10", "--slots", "1", "--name", "cut", "--detach");
        await using (var watching = home.StartClient("watch", "cut"))
        {
            await watching.Says(": completed, validation EER");
            watching.Signal(Signals.Kill);
            await watching.Ends();
        }
        await home.KillSilo();

        var sweep = await home.Ask("watch", "cut");

        Assert.Equal("cut", sweep.Text("ensemble"));
        Assert.Equal(3, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        var began = Began(home.SiloLog);
        var finished = Completed(home.SiloLog);
        Assert.Equal(3, finished.Count);
        Assert.Equal(finished.Order(), finished.Distinct().Order());
        Assert.Single(began, trial => trial == finished[0]);
    }

    [Fact]
    public async Task A_watching_client_replaces_a_killed_silo_and_follows_the_sweep_to_its_end()
    {
        await using var home = new Home();
        await using var client = home.StartClient(
            "sweep", "--data", SmallData.Folder, "--margins", "1,2", "--epochs", "2", "--steps", "10", "--slots", "1", "--name", "seen", "--format", "json");
        await client.Says(": completed, validation EER");

        await home.KillSilo();

        var sweep = (await client.Ends()).Exits(0).Document;
        Assert.Equal(2, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Single(home.Silos);
    }

    [Fact]
    public async Task The_same_command_resumes_from_checkpoints_after_everything_was_killed()
    {
        string[] command = ["sweep", "--data", SmallData.Folder, "--margins", "2", "--epochs", "12", "--steps", "15", "--name", "again"];
        await using var home = new Home();
        await using (var client = home.StartClient(command))
        {
            await home.CheckpointIsRegistered();
            client.Signal(Signals.Kill);
            await client.Ends();
        }
        await home.KillSilo();

        var sweep = await home.Ask(command);

        Assert.Equal("completed", Assert.Single(sweep.List("trials")).Text("status"));
        Assert.Contains("training starts under lease 2, from epoch", home.SiloLog, StringComparison.Ordinal);
    }

    private static List<string> Began(string log) => Trials(log, "training starts");

    private static List<string> Completed(string log) => Trials(log, ": Completed under lease");

    private static List<string> Trials(string log, string what) =>
        [.. from line in log.Split('\n')
            where line.Contains(what, StringComparison.Ordinal)
            select line.Split("Trial ")[1][..32]];
}
