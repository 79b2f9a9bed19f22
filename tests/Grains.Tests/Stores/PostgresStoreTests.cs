using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Silo.Storage.Postgres;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

[NeedsPostgres]
[Collection(PostgresFixture.Name)]
public sealed class PostgresStoreTests(PostgresFixture postgres) : StoreTests, IAsyncLifetime
{
    private StoreDatabase _database = new(null);

    private protected override IStoreUnderTest Place => _database;

    public async Task InitializeAsync() => _database = new StoreDatabase(await postgres.NewDatabase());

    public Task DisposeAsync() => postgres.Drop(_database);

    [PostgresFact]
    public void A_store_is_in_use_while_a_living_member_has_a_recent_heartbeat()
    {
        Migrate();
        using var running = RunningSilo();
        using var connection = new NpgsqlConnection(_database.ConnectionString);
        connection.Open();

        Assert.True(PostgresStore.IsInUse(connection));
        _database.Execute("UPDATE OrleansMembershipTable SET IAmAliveTime = now() - interval '3 minutes'");
        Assert.False(PostgresStore.IsInUse(connection));
        _database.Execute("UPDATE OrleansMembershipTable SET IAmAliveTime = now(), Status = 6");
        Assert.False(PostgresStore.IsInUse(connection));
    }

    [PostgresFact]
    public void Only_silos_of_this_machine_without_a_listener_are_declared_dead()
    {
        Migrate();
        using var alive = new TcpListener(IPAddress.Loopback, 0);
        alive.Start();
        var (open, closed) = (((IPEndPoint)alive.LocalEndpoint).Port, 1);
        _database.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese'), ('other')");
        Insert("siamese", "127.0.0.1", open, Dns.GetHostName());
        Insert("siamese", "127.0.0.1", closed, Dns.GetHostName());
        Insert("siamese", "127.0.0.1", closed + 1, "another-machine");
        Insert("siamese", "192.0.2.1", closed, Dns.GetHostName());
        Insert("other", "127.0.0.1", closed, Dns.GetHostName());
        using var store = _database.Store();

        store.BuryTheDead("siamese");
        store.BuryTheDead("siamese");

        Assert.Equal(
            $"siamese 127.0.0.1:{closed}",
            _database.Scalar<string>("SELECT string_agg(DeploymentId || ' ' || Address || ':' || Port, ',') FROM OrleansMembershipTable WHERE Status = 6"));
        Assert.Equal(1, _database.Scalar<int>("SELECT Version FROM OrleansMembershipVersionTable WHERE DeploymentId = 'siamese'"));
    }

    [PostgresFact]
    public void A_silo_on_loopback_stays_out_of_a_living_cluster_of_other_machines()
    {
        Migrate();
        _database.Execute("INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese'), ('other')");
        Insert("other", "10.0.0.1", 11111, "one");
        Insert("siamese", "127.0.0.1", 11111, "one");
        ClusterElsewhere.Refuse(_database.ConnectionString, "siamese");
        Insert("siamese", "10.0.0.2", 11111, "two");

        Assert.Contains("10.0.0.2", Assert.Throws<BadInputException>(() => ClusterElsewhere.Refuse(_database.ConnectionString, "siamese")).Message, StringComparison.Ordinal);
        _database.Execute("UPDATE OrleansMembershipTable SET IAmAliveTime = now() - interval '3 minutes'");
        ClusterElsewhere.Refuse(_database.ConnectionString, "siamese");
        _database.Execute("UPDATE OrleansMembershipTable SET IAmAliveTime = now(), Status = 6");
        ClusterElsewhere.Refuse(_database.ConnectionString, "siamese");
    }

    [PostgresFact]
    public void A_refusal_of_the_server_is_one_sentence_without_the_password()
    {
        Refuses("password authentication failed", wrong => wrong.Password = "no such thing");
        Refuses("nowhere", wrong => wrong.Database = "nowhere");
        Refuses("127.0.0.1", wrong => wrong.Port = 1);
        Refuses("host.invalid", wrong => wrong.Host = "host.invalid");
    }

    [PostgresFact]
    public void The_connection_string_overrides_our_settings()
    {
        var clustering = new AdoNetClusteringSiloOptions();
        using var ours = new PostgresStore(_database.ConnectionString);
        ours.UseClustering(clustering);
        Assert.Equal((4, 10), Settings(clustering));

        using var theirs = new PostgresStore($"{_database.ConnectionString};MaxPoolSize=7;Command Timeout=60");
        theirs.UseClustering(clustering);
        Assert.Equal((7, 60), Settings(clustering));

        static (int, int) Settings(AdoNetClusteringSiloOptions clustering)
        {
            var settings = new NpgsqlConnectionStringBuilder(clustering.DataSource!.ConnectionString);
            return (settings.MaxPoolSize, settings.CommandTimeout);
        }
    }

    [PostgresFact]
    public async Task Blobs_can_be_stored_in_a_folder_instead()
    {
        var folder = Directory.CreateTempSubdirectory("siamese-blobs-");
        using var store = new PostgresStore(_database.ConnectionString, folder.FullName);
        store.Migrate();
        await store.Contents.Blobs.Put([1], CancellationToken.None);

        Assert.Single(folder.GetFiles("*", SearchOption.AllDirectories));
        Assert.Equal(0, _database.Scalar<long>("SELECT count(*) FROM Blob"));
        folder.Delete(recursive: true);
    }

    private void Refuses(string saying, Action<NpgsqlConnectionStringBuilder> wrong)
    {
        var connection = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        wrong(connection);
        using var store = new PostgresStore(connection.ToString());

        var said = Assert.Throws<BadInputException>(() => store.Migrate()).Message;

        Assert.Contains(saying, said, StringComparison.Ordinal);
        Assert.DoesNotContain(connection.Password!, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    private void Insert(string cluster, string address, int port, string host) => _database.Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, StartTime, IAmAliveTime)
        VALUES ('{cluster}', '{address}', {port}, 1, 'silo', '{host}', 3, now(), now())
        """));

    private protected override string SetSchema(int version) => $"UPDATE SiameseSchema SET Version = {version}";

    private protected override IDisposable RunningSilo()
    {
        _database.Execute(
            """
            INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('siamese');
            INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, StartTime, IAmAliveTime)
            VALUES ('siamese', '10.0.0.1', 11111, 1, 'silo', 'host', 3, now(), now());
            """);
        return new MemoryStream();
    }
}
