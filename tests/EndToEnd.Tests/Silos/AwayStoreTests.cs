using System.Net;
using Siamese.EndToEnd.Tests.Input;
using Siamese.EndToEnd.Tests.Processes;
using Siamese.Testing.Postgres;

namespace Siamese.EndToEnd.Tests.Silos;

/// <summary>A class of its own, because its clients wait for a minute while other tests run.</summary>
public sealed class AwayStoreTests
{
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
        Assert.Matches(@"^not ready for \d+ s: The store in database \S+ on 127\.0\.0\.1 as siamese cannot be (used|opened): ", await away.Content.ReadAsStringAsync());

        await server.Start();
        await silo.Program.Says("can be used again");
        using var back = await http.GetAsync("/ready");
        Assert.Equal("ready\n", await back.Content.ReadAsStringAsync());
    }
}
