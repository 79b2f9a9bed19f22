using Siamese.ApiClient;
using Siamese.Contracts.Access;
using Call = System.Func<Siamese.Web.Tests.GeneratedClient.ClientSilo, Siamese.ApiClient.SiameseClient, System.Threading.Tasks.Task<object?>>;

namespace Siamese.Web.Tests.GeneratedClient;

/// <summary>The cluster and its keys.</summary>
internal static class ClusterCalls
{
    public static readonly Dictionary<string, Call> All = new()
    {
        ["GET /api/v1/cluster"] = Look,
        ["GET /api/v1/keys"] = List,
        ["POST /api/v1/keys"] = Add,
        ["GET /api/v1/keys/{id}"] = Get,
        ["DELETE /api/v1/keys/{id}"] = Revoke,
    };

    private static async Task<object?> Look(ClientSilo silo, SiameseClient client)
    {
        var cluster = await client.Api.V1.Cluster.GetAsync();

        Assert.Equal((1, 1), (cluster!.Slots, cluster.Silos!.Single().Slots));
        Assert.Single(cluster.Gateways!);
        return cluster;
    }

    private static async Task<object?> List(ClientSilo silo, SiameseClient client)
    {
        var id = await NewKey(silo);

        var keys = await client.Api.V1.Keys.GetAsync();

        Assert.Contains(id, keys!.Keys!.Select(key => key.Id));
        return keys;
    }

    private static async Task<object?> Add(ClientSilo silo, SiameseClient client)
    {
        var until = new DateTimeOffset(2100, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var added = await client.Api.V1.Keys.PostAsync(new() { Name = "made by a client", May = "teach", Until = until, PerMinute = 7 });

        Assert.StartsWith($"siamese_{added!.Key!.Id}_", added.Secret, StringComparison.Ordinal);
        Assert.Equal(("made by a client", "teach", until, 7), (added.Key.Name, added.Key.May, added.Key.Until, added.Key.PerMinute));
        Assert.Equal((null, null), (added.Key.LastUsedAt, added.Key.RevokedAt));
        return added;
    }

    private static async Task<object?> Get(ClientSilo silo, SiameseClient client)
    {
        var id = await NewKey(silo);

        var key = await client.Api.V1.Keys[id].GetAsync();

        Assert.Equal((id, "read"), (key!.Id, key.May));
        return key;
    }

    private static async Task<object?> Revoke(ClientSilo silo, SiameseClient client)
    {
        var id = await NewKey(silo);

        await client.Api.V1.Keys[id].DeleteAsync();

        var key = (await silo.Grains.GetGrain<IKeyGrain>(0).List(CancellationToken.None)).Single(key => key.Id == id);
        Assert.NotNull(key.RevokedAt);
        return null;
    }

    /// <returns>The id of a new key.</returns>
    private static async Task<string> NewKey(ClientSilo silo) => (await silo.NewKey(Role.Read)).Split('_')[1];
}
