using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class SeveralSilosTests
{
    private static readonly string[] _sixTrials = ["sweep", "--data", SmallData.Folder, "--steps", "10", "--margins", "1,2,5", "--seeds", "1,2", "--epochs", "1", "--name", "shared"];

    [Fact]
    public async Task Three_silos_on_one_store_share_a_sweep_and_train_every_trial_once()
    {
        await using var home = new Home();
        await using var one = await Start(home);
        await using var two = await Start(home);
        await using var three = await Start(home);

        var sweep = await home.Ask([.. _sixTrials, "--silo", one.Gateway]);

        Assert.Equal(6, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Equal("shared", sweep.Text("ensemble"));
        var began = new[] { one, two, three }.Select(silo => silo.Began()).ToList();
        Assert.Equal(
            sweep.List("trials").Select(trial => trial.Text("trial")!).Order(), began.SelectMany(trials => trials).Order());
        Assert.True(began.Count(trials => trials.Count > 0) > 1, "One silo trained them all.");
        Assert.Equal("completed", (await home.Ask("status", "shared", "--silo", three.Gateway)).Text("phase"));
    }

    [Fact]
    public async Task A_sweep_completes_when_one_of_its_three_silos_is_killed_midway()
    {
        await using var home = new Home();
        await using var one = await Start(home);
        await using var two = await Start(home);
        await using var three = await Start(home);
        await using var client = home.StartClient([.. _sixTrials, "--silo", one.Gateway, "--format", "json"]);
        await client.Until(() => three.Began().Count > 0, "the third silo had something to train");

        await three.Kill();

        var sweep = (await client.Ends()).Exits(0).Document;
        Assert.Equal(6, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Equal("shared", sweep.Text("ensemble"));
    }

    [Fact]
    public async Task A_silo_with_a_different_cluster_id_does_not_answer()
    {
        await using var home = new Home();
        await using var silo = await HandStartedSilo.Start(home, "--slots", "1", "--cluster-id", "other");

        (await home.Client("status", "--silo", silo.Gateway)).Refuses(3, silo.Gateway);
        (await home.Client("status", "--silo", silo.Gateway, "--cluster-id", "other")).Exits(0);
    }

    [Fact]
    public async Task Silos_at_different_addresses_form_a_cluster()
    {
        await using var home = new Home();
        await using var one = await Start(home, "--address", "127.0.0.2");
        await using var two = await Start(home, "--address", "127.0.0.3");

        await home.Ask(["sweep", .. SmallData.InShortEpochs, "--margins", "2", "--epochs", "1", "--name", "shared", "--silo", one.Gateway]);

        Assert.Equal("completed", (await home.Ask("status", "shared", "--silo", two.Gateway)).Text("phase"));
        Assert.StartsWith("127.0.0.3:", two.Gateway, StringComparison.Ordinal);
    }

    private static Task<HandStartedSilo> Start(Home home, params string[] options) =>
        HandStartedSilo.Start(home, ["--slots", "1", "--store", $"sqlite:{Path.Combine(home.Work, "shared.db")}", .. options]);
}
