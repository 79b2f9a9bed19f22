using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Siamese.Contracts;
using Siamese.Grains.Storage;
using Siamese.Silo;
using Siamese.Silo.Options;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Sqlite;

namespace Siamese.Grains.Tests.Stores;

public sealed class SqliteStoreTests : StoreTests
{
    private const int Active = 3;
    private const int Dead = 6;

    private readonly StoreFolder _folder = new();

    private protected override IStoreUnderTest Place => _folder;

    private protected override string SetSchema(int version) => string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}");

    [Fact]
    public async Task A_store_is_created_with_its_folder_and_a_blob_folder_next_to_it()
    {
        using var store = _folder.Store();
        store.Migrate();
        await store.Contents.Blobs.Put([1], CancellationToken.None);

        Assert.Equal("wal", _folder.Scalar<string>("PRAGMA journal_mode"));
        Assert.Single(Directory.GetFiles(Path.Combine(Path.GetDirectoryName(_folder.Database)!, "blobs"), "*", SearchOption.AllDirectories));
    }

    /// <summary>The rows are as Orleans' ADO.NET provider wrote them.</summary>
    [Fact]
    public void Grain_states_of_the_first_schema_are_migrated()
    {
        Migrate();
        _folder.Execute($"DROP TABLE GrainState; DROP TABLE Secret; DROP TABLE OrleansMembershipTable; DROP TABLE OrleansMembershipVersionTable; DROP TABLE OrleansQuery; {Schema.Of<SqliteStore>().Scripts[0]}; PRAGMA user_version = 1");
        _folder.Execute(
            """
            INSERT INTO OrleansStorage VALUES
                (1, 0, 0, 1, 'sweep', 'some name', 'siamese', x'01', CURRENT_TIMESTAMP, 4),
                (2, 0, 26, 1, 'sweep', NULL, 'siamese', x'02', CURRENT_TIMESTAMP, 1),
                (3, 0, 0, 2, 'board', NULL, 'siamese', x'03', CURRENT_TIMESTAMP, 7),
                (4, 1034040216458209311, -6233348960458487667, 3, 'trial', NULL, 'siamese', NULL, CURRENT_TIMESTAMP, 2);
            """);

        Migrate();

        Assert.Equal("01 4", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'sweep/some name' AND Name = 'sweep'"));
        Assert.Equal("02 1", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'sweep/1a' AND Name = 'sweep'"));
        Assert.Equal("03 7", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'board/0' AND Name = 'board'"));
        Assert.Equal(2L, _folder.Scalar<long>("SELECT Version FROM GrainState WHERE Grain = 'trial/2975a81fa6190e598d48d26a25b27ea9' AND Name = 'trial' AND Payload IS NULL"));
    }

    [Fact]
    public void A_store_in_use_by_a_silo_of_an_earlier_build_is_left_as_it_is()
    {
        Migrate();
        using var running = RunningSilo();
        _folder.Execute(SetSchema(1));

        Assert.Contains("earlier build", Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
        Assert.Equal(1L, _folder.Scalar<long>("PRAGMA user_version"));
    }

    [Fact]
    public async Task Nothing_is_collected_from_a_folder_that_another_store_may_use()
    {
        Migrate();
        using var store = _folder.Store();
        var blob = await store.Contents.Blobs.Put([1], CancellationToken.None);
        _folder.Age(2 * Unused.Grace);
        var beside = Path.Combine(Path.GetDirectoryName(_folder.Database)!, "other.db");
        await StoreCommand.Migrate(new SiloOptions { Store = $"sqlite:{beside}" }, TextWriter.Null);

        Assert.Contains($"There is another database beside this one, {beside}.", await Collected(new SiloOptions { Store = _folder.Address }), StringComparison.Ordinal);
        var named = new SiloOptions { Store = $"sqlite:{beside}", Blobs = Path.GetDirectoryName(beside)! };
        Assert.Contains("Other stores may have used", await Collected(named), StringComparison.Ordinal);
        Assert.Empty(await store.Contents.Blobs.Missing([blob], CancellationToken.None));

        File.WriteAllText(Path.Combine(Path.GetDirectoryName(beside)!, "blobs.store"), Path.GetFileName(_folder.Database) + "\n");
        Assert.Contains("belong to another store, 'siamese.db'", await Collected(named), StringComparison.Ordinal);
        Assert.Contains("Removed 1 blobs", await Collected(new SiloOptions { Store = _folder.Address }), StringComparison.Ordinal);
    }

    private static async Task<string> Collected(SiloOptions options)
    {
        using var said = new StringWriter();
        await StoreCommand.Collect(options, said, CancellationToken.None);
        return said.ToString();
    }

    [Fact]
    public async Task A_check_leaves_no_file_behind()
    {
        var folder = Path.GetDirectoryName(_folder.Database)!;
        using var said = new StringWriter();
        var options = new SiloOptions { Store = _folder.Address };
        await Assert.ThrowsAsync<BadInputException>(() => StoreCommand.Check(options, said, CancellationToken.None));
        Assert.False(Directory.Exists(folder));
        Migrate();
        SqliteConnection.ClearAllPools();

        Assert.Equal(0, await StoreCommand.Check(options, said, CancellationToken.None));

        Assert.Equal([_folder.Database], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Checking_a_store_of_an_earlier_schema_does_not_migrate_it()
    {
        Migrate();
        _folder.Execute(SetSchema(1));
        using var said = new StringWriter();

        Assert.Equal(0, await StoreCommand.Check(new SiloOptions { Store = _folder.Address }, said, CancellationToken.None));

        Assert.Contains("`silo store migrate` updates it to 3", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(1L, _folder.Scalar<long>("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_not_a_store_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        File.WriteAllText(_folder.Database, new string('x', 4096));

        Assert.Contains(_folder.Database, Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused_by_name()
    {
        Directory.CreateDirectory(_folder.Database);

        Assert.Contains(_folder.Database, Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_silos_without_a_listener_are_declared_dead()
    {
        Migrate();
        using var store = _folder.Store();
        using var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        var (open, closed) = (((IPEndPoint)alive.LocalEndpoint).Port, ClosedPort());
        _folder.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese'), ('other')");
        Insert("siamese", open, 1);
        Insert("siamese", closed, 1);
        Insert("siamese", closed, 2);
        Insert("other", closed, 1);
        var version = Version("siamese");

        store.BuryTheDead("siamese");
        var after = Version("siamese");
        store.BuryTheDead("siamese");

        Assert.Equal(Active, Status("siamese", open, 1));
        Assert.Equal(Dead, Status("siamese", closed, 1));
        Assert.Equal(Dead, Status("siamese", closed, 2));
        Assert.Equal(Active, Status("other", closed, 1));
        Assert.Equal((2, 0), (after - version, Version("siamese") - after));
    }

    private protected override IDisposable RunningSilo()
    {
        var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        _folder.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese')");
        Insert("siamese", ((IPEndPoint)alive.LocalEndpoint).Port, 1);
        return alive;
    }

    private void Insert(string cluster, int port, int generation) => _folder.Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, StartTime, IAmAliveTime)
        VALUES ('{cluster}', '127.0.0.1', {port}, {generation}, 'silo', 'host', {Active}, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
        """));

    private long Status(string cluster, int port, int generation) => _folder.Scalar<long>(string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT Status FROM OrleansMembershipTable WHERE DeploymentId = '{cluster}' AND Port = {port} AND Generation = {generation}"));

    private long Version(string cluster) =>
        _folder.Scalar<long>($"SELECT Version FROM OrleansMembershipVersionTable WHERE DeploymentId = '{cluster}'");

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
