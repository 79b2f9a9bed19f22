using System.Net.Http.Json;
using System.Text.Json;
using Siamese.Contracts.Sweeps;
using Siamese.Web.Tests.Silos;

namespace Siamese.Web.Tests.Clusters;

public sealed class ClusterTests(ApiSilo silo) : IClassFixture<ApiSilo>, IDisposable
{
    private readonly HttpClient _http = silo.Connect();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_cluster_shows_its_silos_and_what_they_train()
    {
        using var submitted = await _http.PostAsJsonAsync("sweeps", new { name = "long", space = new { margin = 0.31, epochs = 1000 } });
        await silo.Until("long", SweepPhase.Running);
        JsonElement cluster;
        do
            cluster = await _http.GetFromJsonAsync<JsonElement>("cluster");
        while (cluster.GetProperty("silos") is var silos && (silos.GetArrayLength() == 0 || silos[0].GetProperty("slots").ValueKind is JsonValueKind.Null || silos[0].GetProperty("training").GetArrayLength() == 0));

        var one = Assert.Single(cluster.GetProperty("silos").EnumerateArray().ToArray());
        var trial = Assert.Single(one.GetProperty("training").EnumerateArray().ToArray());
        Assert.Equal((1, 1, 1), (cluster.GetProperty("slots").GetInt32(), one.GetProperty("slots").GetInt32(), cluster.GetProperty("unfinished").GetInt32()));
        Assert.Equal(("long", 1000), (trial.GetProperty("sweep").GetString(), trial.GetProperty("epochs").GetInt32()));
        Assert.Equal(silo.Address.ToString(), one.GetProperty("page").GetString());
        Assert.Equal(0, one.GetProperty("verdicts").GetProperty("asked").GetInt32());
        Assert.Equal(("SQLite", 0), (cluster.GetProperty("store").GetProperty("kind").GetString(), cluster.GetProperty("store").GetProperty("troubles").GetArrayLength()));
        using var cancelled = await _http.PostAsync("sweeps/long/cancel", null);
    }
}
