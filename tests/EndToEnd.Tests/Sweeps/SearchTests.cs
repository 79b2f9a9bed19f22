using System.Text.Json;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Sweeps;

/// <summary>Searches that choose trials as they go, with real training.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task A_search_resumes_with_its_points_after_its_silo_is_killed_and_can_be_extended()
    {
        await using var home = new Home();
        string[] command =
        [
            "sweep", "--data", SmallData.Folder, "--search", "tpe", "--trials", "4", "--losses", "contrastive,nt-xent", "--learning-rates", "log:1e-3..1e-2",
            "--epochs", "2", "--steps", "10", "--prune", "asha", "--name", "s",
        ];
        JsonElement[] before;
        await using (var client = home.StartClient(command))
        {
            await client.Says("pruned");
            before = [.. (await home.Ask("trials", "s")).List("trials")];
            client.Signal(Signals.Kill);
            await client.Ends();
        }

        await home.KillSilo();
        var sweep = await home.Ask(command);

        var trials = sweep.List("trials").ToArray();
        Assert.Equal(4, trials.Length);
        Assert.Superset(before.Select(Id).ToHashSet(), trials.Select(Id).ToHashSet());
        // A trial that was paused may go on later, so none has to stay pruned.
        Assert.All(trials, trial => Assert.Contains(trial.Text("status"), new[] { "completed", "pruned" }));
        Assert.Contains(trials, trial => trial.Text("status") == "completed");
        Assert.All(trials.Where(trial => trial.Text("status") == "pruned"), trial => Assert.Equal(1, trial.Number("epochs")));

        var extended = await home.Ask("extend", "s", "--trials", "2");
        Assert.Equal(6, extended.List("trials").Count);
        Assert.Superset(trials.Select(Id).ToHashSet(), extended.List("trials").Select(Id).ToHashSet());
    }

    [Fact]
    public async Task A_search_over_the_default_space_finds_members_within_its_time_limit()
    {
        await using var home = new Home();
        // The time of a search should not go by while the silo starts.
        await home.Ask("sweep", "--epochs", "1", "--steps", "1", "--margins", "2");
        var sweep = await home.Ask("sweep", "--search", "tpe", "--trials", "200", "--epochs", "1", "--steps", "10", "--for", "18s");

        Assert.Equal("stopped after 0.3 min, as requested", sweep.Text("stopped"));
        Assert.InRange(sweep.List("trials").Count, 1, 199);
        Assert.NotNull(sweep.Text("ensemble"));
    }

    private static string Id(JsonElement trial) => trial.Text("trial")!;
}
