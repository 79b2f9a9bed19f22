using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;

namespace Siamese.EndToEnd.Tests.Silos;

/// <summary>A client whose silo dies or hangs while others are available.</summary>
public sealed class LostGatewayTests
{
    [Fact]
    public async Task One_reachable_silo_of_two_named_ones_is_enough()
    {
        await using var home = new Home();
        await using var dead = await Start(home);
        await using var alive = await Start(home);
        await dead.Kill();

        (await home.Client("status", "--silo", dead.Gateway, "--silo", alive.Gateway)).Exits(0);
        (await home.Client("status", "--silo", "no.such.host.invalid:30000", "--silo", alive.Gateway)).Exits(0);
        (await home.Client("status", "--silo", dead.Gateway)).Refuses(3, dead.Gateway);
    }

    [Fact]
    public async Task A_client_whose_only_named_silo_is_killed_continues_through_a_discovered_silo()
    {
        await using var home = new Home();
        await using var named = await Start(home);
        await using var other = await Start(home);
        await using var client = home.StartClient(
            "sweep", "--data", SmallData.Folder, "--margins", "1,2,5", "--epochs", "2", "--steps", "15", "--name", "shared", "--silo", named.Gateway, "--format", "json");
        await client.Until(() => named.Began().Count + other.Began().Count > 1, "both had something to train");

        await named.Kill();

        var sweep = (await client.Ends()).Exits(0).Document;
        Assert.Equal(3, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.Equal("shared", sweep.Text("ensemble"));
    }

    [Fact]
    public async Task A_hanging_silo_does_not_keep_a_client_from_the_others()
    {
        await using var home = new Home();
        await using var hanging = await Start(home);
        await using var alive = await Start(home);
        hanging.Program.Signal(Signals.Stop);

        (await home.Client("status", "--silo", hanging.Gateway, "--silo", alive.Gateway)).Exits(0);

        hanging.Program.Signal(Signals.Continue);
    }

    private static Task<HandStartedSilo> Start(Home home) =>
        HandStartedSilo.Start(home, "--slots", "1", "--store", $"sqlite:{Path.Combine(home.Work, "shared.db")}");
}
