using System.Net;
using Siamese.EndToEnd.Tests.Input;
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
    public async Task While_its_server_is_away_a_silo_says_so_and_verdicts_from_memory_go_on()
    {
        await using var server = await PostgresServer.Create();
        await using var home = new Home();
        var store = $"postgres:{await server.NewDatabase()}";
        await using var silo = await HandStartedSilo.Start(home, "--slots", "1", "--store", store, "--health-port", "0");
        var health = new Uri(silo.Log.Split('\n').First(line => line.Contains("Health is at ", StringComparison.Ordinal)).Split("Health is at ")[1].Split("/live")[0]);
        await home.Ask("sweep", "--data", SmallData.Folder, "--margins", "1", "--epochs", "1", "--steps", "5", "--name", "known", "--silo", silo.Gateway);
        var digits = Directory.GetFiles(Path.Combine(SmallData.Folder, "..", "images"))[..2];
        await home.Ask("verdict", digits[0], digits[1], "--ensemble", "known", "--silo", silo.Gateway);
        await server.Stop();

        await using var sweep = home.StartClient("sweep", "--data", SmallData.Folder, "--margins", "2", "--name", "unknown", "--silo", silo.Gateway);
        await using var list = home.StartClient("ensembles", "nobody", "--silo", silo.Gateway);
        var refused = await Task.WhenAll(sweep.Ends(), list.Ends());

        Assert.All(refused, outcome =>
        {
            outcome.Exits(3);
            Assert.Contains("answers, but cannot do it: The store in database", outcome.Error, StringComparison.Ordinal);
            Assert.Contains("Connection refused", outcome.Error, StringComparison.Ordinal);
        });
        await home.Ask("verdict", digits[0], digits[1], "--ensemble", "known", "--silo", silo.Gateway);
        using var http = new HttpClient { BaseAddress = health };
        using var away = await http.GetAsync("/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Matches(@"^not ready for \d+ s: The store in database \S+ on 127\.0\.0\.1 as siamese cannot be used: .*Connection refused", await away.Content.ReadAsStringAsync());

        await server.Start();
        await silo.Program.Says("can be used again");
        using var back = await http.GetAsync("/ready");
        Assert.Equal("ready\n", await back.Content.ReadAsStringAsync());
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
