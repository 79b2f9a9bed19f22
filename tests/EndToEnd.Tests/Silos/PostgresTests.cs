using Siamese.EndToEnd.Tests.Processes;
using Siamese.Testing.Postgres;

namespace Siamese.EndToEnd.Tests.Silos;

public sealed class PostgresTests
{
    [PostgresFact]
    public async Task Silos_on_one_database_share_a_sweep_and_need_only_the_database()
    {
        await using var server = await PostgresServer.Create();
        await using var home = new Home();
        var store = $"postgres:{await server.NewDatabase()}";
        await using var one = await HandStartedSilo.Start(home, "--slots", "1", "--store", store);
        await using var two = await HandStartedSilo.Start(home, "--slots", "1", "--store", store);

        var sweep = await home.Ask("sweep", "--margins", "1,2", "--seeds", "1,2", "--epochs", "1", "--steps", "10", "--name", "shared", "--silo", one.Gateway);

        Assert.Equal(4, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.All(new[] { one, two }, silo => Assert.NotEmpty(silo.Began()));
        Assert.Equal("completed", (await home.Ask("status", "shared", "--silo", two.Gateway)).Text("phase"));
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(home.Folder).Select(Path.GetFileName));
        var check = (await Silo(home, "store", "check", "--store", store)).Exits(0);
        Assert.Contains("4 trials", check.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing is broken.", check.Out, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_sweep_continues_after_its_server_was_offline_for_20_seconds()
    {
        await using var server = await PostgresServer.Create();
        await using var home = new Home();
        var store = $"postgres:{await server.NewDatabase()}";
        await using var one = await HandStartedSilo.Start(home, "--slots", "1", "--store", store);
        await using var two = await HandStartedSilo.Start(home, "--slots", "1", "--store", store);
        await using var client = home.StartClient(
            "sweep", "--margins", "1,2,5", "--epochs", "3", "--steps", "10", "--silo", one.Gateway, "--format", "json");
        await client.Until(() => two.Began().Count > 0, "the second silo had something to train");

        await server.Stop();
        await Task.Delay(TimeSpan.FromSeconds(20));
        await server.Start();

        var sweep = (await client.Ends()).Exits(0).Document;
        Assert.Equal(3, sweep.List("trials").Count(trial => trial.Text("status") == "completed"));
        Assert.False(one.Program.HasEnded || two.Program.HasEnded, "A silo has ended.");
        (await Silo(home, "store", "check", "--store", store)).Exits(0);
    }

    [PostgresFact]
    public async Task An_unreachable_server_is_reported_in_one_sentence()
    {
        await using var server = await PostgresServer.Create();
        await using var home = new Home();
        var store = $"postgres:{await server.NewDatabase()}";
        await server.Stop();

        foreach (var command in (string[][])[[], ["store", "check"], ["store", "migrate"]])
            (await Silo(home, [.. command, "--store", store])).Refuses(2, "127.0.0.1");
    }

    private static async Task<Outcome> Silo(Home home, params string[] arguments)
    {
        await using var silo = home.Start(Built.Silo, arguments);
        return await silo.Ends();
    }
}
