using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What Orleans expects of its statements for cluster membership, on every store.</summary>
public abstract class MembershipTests : IDisposable
{
    private static readonly DateTime _start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly List<IStore> _opened = [];

    private protected abstract IStoreUnderTest Place { get; }

    public void Dispose()
    {
        _opened.ForEach(store => store.Dispose());
        Place.Remove();
        GC.SuppressFinalize(this);
    }

    [SuiteFact]
    public async Task A_row_is_read_back_as_it_was_written()
    {
        var table = await Open();
        var (entry, version) = (Entry(1), (await table.ReadAllAsync()).Version);
        Assert.True(await table.InsertRowAsync(entry, version.Next()));

        var all = await table.ReadAllAsync();
        var (row, etag) = Assert.Single(all.Members);
        Assert.Equal(version.Version + 1, all.Version.Version);
        Assert.Equal(
            (entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, entry.ProxyPort, entry.StartTime, entry.IAmAliveTime),
            (row.SiloAddress, row.SiloName, row.HostName, row.Status, row.ProxyPort, row.StartTime, row.IAmAliveTime));

        entry.Status = SiloStatus.Dead;
        entry.SuspectTimes = [Tuple.Create(Entry(2).SiloAddress, _start)];
        Assert.True(await table.UpdateRowAsync(entry, etag, all.Version.Next()));
        row = Assert.Single((await table.ReadRowAsync(entry.SiloAddress)).Members).Item1;
        Assert.Equal(SiloStatus.Dead, row.Status);
        Assert.Equal(entry.SuspectTimes, row.SuspectTimes);
    }

    [SuiteFact]
    public async Task One_of_eight_silos_that_join_at_the_same_version_wins_and_increments_it()
    {
        var tables = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Open()));
        var version = (await tables[0].ReadAllAsync()).Version;

        var joined = await Task.WhenAll(tables.Select((table, i) => Task.Run(() => table.InsertRowAsync(Entry(i), version.Next()))));

        Assert.Single(joined, won => won);
        var after = await tables[0].ReadAllAsync();
        Assert.Single(after.Members);
        Assert.Equal(version.Version + 1, after.Version.Version);
    }

    [SuiteFact]
    public async Task A_stale_writer_changes_nothing()
    {
        var table = await Open();
        await table.InsertRowAsync(Entry(1), (await table.ReadAllAsync()).Version.Next());
        var seen = await table.ReadAllAsync();
        await table.InsertRowAsync(Entry(2), seen.Version.Next());
        var late = Entry(1);
        late.Status = SiloStatus.Dead;

        Assert.False(await table.UpdateRowAsync(late, seen.Members[0].Item2, seen.Version.Next()));
        Assert.False(await table.InsertRowAsync(Entry(3), seen.Version.Next()));

        var after = await table.ReadAllAsync();
        Assert.Equal(seen.Version.Version + 1, after.Version.Version);
        Assert.All(after.Members, member => Assert.Equal(SiloStatus.Active, member.Item1.Status));
    }

    [SuiteFact]
    public async Task An_existing_row_is_not_inserted_and_a_missing_row_is_not_updated()
    {
        var table = await Open();
        await table.InsertRowAsync(Entry(1), (await table.ReadAllAsync()).Version.Next());
        var seen = await table.ReadAllAsync();

        Assert.False(await table.InsertRowAsync(Entry(1), seen.Version.Next()));
        Assert.False(await table.UpdateRowAsync(Entry(2), seen.Version.VersionEtag, seen.Version.Next()));
        Assert.Equal(seen.Version.Version, (await table.ReadAllAsync()).Version.Version);
    }

    [SuiteFact]
    public async Task A_heartbeat_is_stored_and_does_not_change_the_version()
    {
        var table = await Open();
        var entry = Entry(1);
        await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next());
        var version = (await table.ReadAllAsync()).Version.Version;
        entry.IAmAliveTime = _start.AddMinutes(1);
        await table.UpdateIAmAliveAsync(entry);

        var after = await table.ReadAllAsync();
        Assert.Equal(entry.IAmAliveTime, Assert.Single(after.Members).Item1.IAmAliveTime);
        Assert.Equal(version, after.Version.Version);
    }

    [SuiteFact]
    public async Task Only_silos_that_died_long_ago_are_cleaned_up()
    {
        var table = await Open();
        foreach (var (host, status) in new[] { (1, SiloStatus.Active), (2, SiloStatus.Dead), (3, SiloStatus.Joining) })
        {
            var entry = Entry(host);
            entry.Status = status;
            await table.InsertRowAsync(entry, (await table.ReadAllAsync()).Version.Next());
        }

        await table.CleanupDefunctSiloEntriesAsync(_start.AddHours(-1));
        Assert.Equal(3, (await table.ReadAllAsync()).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(_start.AddHours(1));
        Assert.DoesNotContain((await table.ReadAllAsync()).Members, member => member.Item1.Status == SiloStatus.Dead);
        Assert.Contains((await table.ReadAllAsync()).Members, member => member.Item1.Status == SiloStatus.Active);
    }

    [SuiteFact]
    public async Task Deleting_a_cluster_deletes_only_its_rows()
    {
        var (ours, theirs) = (await Open(), await Open("other"));
        await ours.InsertRowAsync(Entry(1), (await ours.ReadAllAsync()).Version.Next());
        await theirs.InsertRowAsync(Entry(1), (await theirs.ReadAllAsync()).Version.Next());

        await ours.DeleteMembershipTableEntriesAsync("siamese");

        Assert.Empty((await (await Open()).ReadAllAsync()).Members);
        Assert.Single((await theirs.ReadAllAsync()).Members);
    }

    private async Task<AdoNetClusteringTable> Open(string cluster = "siamese")
    {
        var store = Place.Store();
        lock (_opened)
            _opened.Add(store);
        store.Migrate();
        var clustering = new AdoNetClusteringSiloOptions();
        store.UseClustering(clustering);
        var table = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(), Options.Create(new ClusterOptions { ClusterId = cluster }), Options.Create(clustering),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }

    private static MembershipEntry Entry(int host) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Parse($"10.0.0.{host}"), 11111, 7),
        SiloName = $"silo-{host}",
        HostName = $"host-{host}",
        Status = SiloStatus.Active,
        ProxyPort = 30000,
        StartTime = _start,
        IAmAliveTime = _start,
    };
}
