using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Siamese.Contracts;
using Siamese.Silo.Storage;

namespace Siamese.Grains.Tests.Silo;

public sealed class SqliteStoreTests : IDisposable
{
    private const int Active = 3;
    private const int Dead = 6;

    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_is_made_with_its_folder_and_opens_again()
    {
        var made = _folder.Open();
        var opened = _folder.Open();

        Assert.Equal(made.ConnectionString, opened.ConnectionString);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(_folder.Database)!, "blobs"), made.BlobFolder);
        Assert.Equal(2L, _folder.Scalar<long>("PRAGMA user_version"));
        Assert.Equal("wal", _folder.Scalar<string>("PRAGMA journal_mode"));
        Assert.Equal(9L, _folder.Scalar<long>("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public async Task Several_silos_may_open_an_empty_path_at_once()
    {
        using var barrier = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OwnThread.Run(
            () =>
            {
                barrier.SignalAndWait();
                return _folder.Open();
            },
            CancellationToken.None)));

        Assert.Equal(9L, _folder.Scalar<long>("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public void A_store_of_a_later_schema_is_refused_and_left_alone()
    {
        _folder.Open();
        _folder.Execute("PRAGMA user_version = 99");

        var refusal = Assert.Throws<BadInputException>(_folder.Open);

        Assert.Contains("schema 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99L, _folder.Scalar<long>("PRAGMA user_version"));
    }

    /// <summary>Rows as Orleans' ADO.NET provider had written them.</summary>
    [Fact]
    public void Grain_states_of_the_first_schema_are_taken_over()
    {
        _folder.Open();
        _folder.Execute($"DROP TABLE GrainState; DROP TABLE OrleansMembershipTable; DROP TABLE OrleansMembershipVersionTable; DROP TABLE OrleansQuery; {Script("001")}; PRAGMA user_version = 1");
        _folder.Execute(
            """
            INSERT INTO OrleansStorage VALUES
                (1, 0, 0, 1, 'sweep', 'some name', 'siamese', x'01', CURRENT_TIMESTAMP, 4),
                (2, 0, 26, 1, 'sweep', NULL, 'siamese', x'02', CURRENT_TIMESTAMP, 1),
                (3, 0, 0, 2, 'board', NULL, 'siamese', x'03', CURRENT_TIMESTAMP, 7),
                (4, 1034040216458209311, -6233348960458487667, 3, 'trial', NULL, 'siamese', NULL, CURRENT_TIMESTAMP, 2);
            """);

        _folder.Open();

        Assert.Equal("01 4", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'sweep/some name' AND Name = 'sweep'"));
        Assert.Equal("02 1", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'sweep/1a' AND Name = 'sweep'"));
        Assert.Equal("03 7", _folder.Scalar<string>("SELECT hex(Payload) || ' ' || Version FROM GrainState WHERE Grain = 'board/0' AND Name = 'board'"));
        Assert.Equal(2L, _folder.Scalar<long>("SELECT Version FROM GrainState WHERE Grain = 'trial/2975a81fa6190e598d48d26a25b27ea9' AND Name = 'trial' AND Payload IS NULL"));
    }

    [Fact]
    public void A_store_that_a_silo_of_an_earlier_build_uses_is_left_as_it_is()
    {
        _folder.Open();
        using var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        _folder.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese')");
        _folder.Execute(
            $"""
            INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
            VALUES ('siamese', '127.0.0.1', {((IPEndPoint)alive.LocalEndpoint).Port}, 1, 'silo', 'host', 3, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP);
            PRAGMA user_version = 1;
            """);

        Assert.Contains("earlier build", Assert.Throws<BadInputException>(_folder.Open).Message, StringComparison.Ordinal);
        Assert.Equal(1L, _folder.Scalar<long>("PRAGMA user_version"));
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Database)!);
        File.WriteAllText(_folder.Database, new string('x', 4096));

        Assert.Contains(_folder.Database, Assert.Throws<BadInputException>(_folder.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused_by_name()
    {
        Directory.CreateDirectory(_folder.Database);

        Assert.Contains(_folder.Database, Assert.Throws<BadInputException>(_folder.Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_silos_that_nobody_listens_for_are_buried()
    {
        var store = _folder.Open();
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

    private static string Script(string number)
    {
        var assembly = typeof(SqliteStore).Assembly;
        using var script = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single(name => name.Contains($".{number}-", StringComparison.Ordinal)))!;
        return new StreamReader(script).ReadToEnd();
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
