using System.Globalization;
using System.Net;
using Npgsql;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>
/// A PostgreSQL database with everything that a cluster stores, shared by silos on any number of machines. The schema is in
/// the numbered scripts `*.sql` beside this class and is applied at start.
/// </summary>
internal sealed class PostgresStore : IStore
{
    /// <summary>Key of the advisory lock for migrating the schema: "siamese" in ASCII.</summary>
    private const long MigrationLock = 0x7369616D657365;

    private const int MigrationTimeoutSeconds = 600;

    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly NpgsqlDataSource _membership;
    private readonly NpgsqlDataSource _data;
    private readonly Outage _outage;

    /// <param name="connectionString">Its settings take precedence over our defaults.</param>
    /// <param name="blobs">The folder for blobs and checkpoints; empty for the database.</param>
    public PostgresStore(string connectionString, string blobs = "")
    {
        _connection = new NpgsqlConnectionStringBuilder(connectionString);
        // Two pools, so that a heartbeat does not wait behind blobs. A server has about 100 connections for all its silos.
        _membership = Source(connections: 4);
        _data = Source(connections: 12);
        _outage = new Outage(Name, Health);
        Contents = blobs.Length > 0 ? Contents.In(Path.GetFullPath(blobs), new FolderOwner(Path.GetFullPath(blobs), $"{_connection.Database} on {_connection.Host}", database: null)) : InDatabase(_data, _outage);
    }

    public string Name => $"in database {_connection.Database} on {_connection.Host} as {_connection.Username ?? "the system's user"}";

    public string Kind => "PostgreSQL";

    public bool IsShared => true;

    public string? UnprotectedHost => _connection.SslMode is SslMode.VerifyFull
        ? null
        : _connection.Host!.Split(',').Select(HostOf).FirstOrDefault(host => !IsHere(host));

    public Schema Schema { get; } = Schema.Of<PostgresStore>();

    public Contents Contents { get; }

    public StoreHealth Health { get; } = new(TimeProvider.System);

    /// <summary>The store that `--store postgres:PLACE` means.</summary>
    /// <exception cref="BadInputException">The connection string is not valid. The message repeats nothing that could be a password.</exception>
    public static PostgresStore At(string place, string blobs)
    {
        const string Wanted = "--store postgres: must be followed by a connection string such as Host=db;Database=siamese;Username=siamese";
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(place);
            return parsed is { Host.Length: > 0, Database.Length: > 0 }
                ? new PostgresStore(place, blobs)
                : throw new BadInputException($"{Wanted}; it names no {(string.IsNullOrEmpty(parsed.Host) ? "Host" : "Database")}.");
        }
        catch (ArgumentException e)
        {
            // The driver's own message may contain the part of a password after a semicolon.
            throw new BadInputException($"{Wanted}; it has a keyword that does not exist, or an unquoted value with ; or =.", e);
        }
    }

    public Migration Migrate() => With(Migrate);

    public StateCounts Count() => With(connection =>
    {
        var version = Scalar<bool>(connection, "SELECT to_regclass('SiameseSchema') IS NOT NULL") ? Version(connection) : 0;
        if (version == 0)
            throw new BadInputException($"There is no store {Name}; `silo store migrate` creates one.");
        return Schema.After(version, isInUse: () => false).IsEmpty
            ? new StateCounts(version, States(connection, "%"), States(connection, "sweep"), States(connection, "trial"), [])
            : new StateCounts(version, null, null, null, []);
    });

    public StoreSize Measure() => new(
        With(connection => Scalar<long>(connection, "SELECT pg_database_size(current_database())")) + Contents.FileBytes,
        Contents.Folder is { } folder ? StoreSize.Free(folder) : null);

    public IEnumerable<(string Grain, string Name, byte[] Payload)> States()
    {
        using var connection = _data.OpenConnection();
        using var query = new NpgsqlCommand("SELECT Grain, Name, Payload FROM GrainState WHERE Payload IS NOT NULL", connection);
        using var rows = query.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
    }

    /// <summary>Only members on this machine: the cluster itself finds out whether a silo on another machine is gone.</summary>
    public void BuryTheDead(string clusterId) => With(connection =>
    {
        var gone = Members(connection, clusterId)
            .Where(member => OwnAddress.Is(member.Endpoint.Address, member.HostName) && !OwnAddress.IsListening(member.Endpoint))
            .ToList();
        if (gone.Count > 0)
            Bury(connection, clusterId, gone);
        return gone.Count;
    });

    public void RefuseClusterElsewhere(string clusterId) => ClusterElsewhere.Refuse(_connection.ConnectionString, clusterId);

    public void UseClustering(AdoNetClusteringSiloOptions clustering) => (clustering.Invariant, clustering.DataSource) = ("Npgsql", _membership);

    public IReadOnlyList<StoredSecret> Secrets() => With(connection =>
    {
        using var query = new NpgsqlCommand("SELECT Made, Value FROM Secret", connection);
        using var rows = query.ExecuteReader();
        var secrets = new List<StoredSecret>();
        while (rows.Read())
            secrets.Add(new StoredSecret(rows.GetInt64(0), (byte[])rows.GetValue(1)));
        return secrets;
    });

    public void Add(StoredSecret secret) => With(connection => Add(connection, secret));

    public IStateTable OpenStates() => new PostgresStateTable(_data, _outage);

    public void Dispose()
    {
        _membership.Dispose();
        _data.Dispose();
    }

    /// <summary>A host of a list, without its port.</summary>
    private static string HostOf(string entry)
    {
        var host = entry.Trim();
        // An IPv6 address has several colons, and brackets if a port follows.
        return host.StartsWith('[') ? host[1..].Split(']')[0] : host.Count(c => c == ':') == 1 ? host.Split(':')[0] : host;
    }

    /// <summary>Whether it is this machine: a socket of the file system, `localhost`, or an address of the loopback.</summary>
    private static bool IsHere(string host) =>
        host.StartsWith('/') || host.StartsWith('@') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Contents InDatabase(NpgsqlDataSource source, Outage outage)
    {
        var blobs = new PostgresBlobStore(source, outage);
        var checkpoints = new PostgresCheckpointStore(source, outage);
        return new Contents(blobs, checkpoints, blobs, checkpoints);
    }

    private T With<T>(Func<NpgsqlConnection, T> use)
    {
        try
        {
            using var connection = _data.OpenConnection();
            return use(connection);
        }
        catch (NpgsqlException e)
        {
            throw new BadInputException($"The store {Name} cannot be opened: {Outage.Reason(e)}", e);
        }
    }

    private Migration Migrate(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        // Several silos may start at once: the first one in migrates, the others wait here and find it done.
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({MigrationLock})"));
        Execute(connection, "CREATE TABLE IF NOT EXISTS SiameseSchema (Version int NOT NULL)");
        var version = Version(connection);
        foreach (var script in Schema.After(version, () => IsInUse(connection)))
            Execute(connection, script);
        if (version < Schema.Version)
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM SiameseSchema; INSERT INTO SiameseSchema VALUES ({Schema.Version})"));
        if (Scalar<long>(connection, "SELECT count(*) FROM Secret") == 0)
            Add(connection, StoredSecret.Make(TimeProvider.System.GetUtcNow()));
        transaction.Commit();
        return new Migration(version, Schema.Version);
    }

    private static int Add(NpgsqlConnection connection, StoredSecret secret)
    {
        using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("DELETE FROM Secret WHERE Made < (SELECT max(Made) FROM Secret)"),
                new("INSERT INTO Secret (Made, Value) VALUES ($1, $2)") { Parameters = { new() { Value = secret.Made }, new() { Value = secret.Value } } },
            },
        };
        return batch.ExecuteNonQuery();
    }

    /// <summary>Silos of a cluster that nobody has declared dead.</summary>
    private static List<(IPEndPoint Endpoint, int Generation, string HostName)> Members(NpgsqlConnection connection, string clusterId)
    {
        using var query = new NpgsqlCommand("SELECT Address, Port, Generation, HostName FROM OrleansMembershipTable WHERE DeploymentId = $1 AND Status <> 6", connection)
        {
            Parameters = { new() { Value = clusterId } },
        };
        using var rows = query.ExecuteReader();
        var members = new List<(IPEndPoint, int, string)>();
        while (rows.Read())
            members.Add((new IPEndPoint(IPAddress.Parse(rows.GetString(0)), rows.GetInt32(1)), rows.GetInt32(2), rows.GetString(3)));
        return members;
    }

    private static void Bury(NpgsqlConnection connection, string clusterId, List<(IPEndPoint Endpoint, int Generation, string HostName)> gone)
    {
        using var batch = new NpgsqlBatch(connection);
        // The version's row first, in the order in which Orleans' own writers lock the rows.
        Add("UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now() WHERE DeploymentId = $1", clusterId);
        foreach (var (endpoint, generation, _) in gone)
        {
            Add(
                "UPDATE OrleansMembershipTable SET Status = 6 WHERE DeploymentId = $1 AND Address = $2 AND Port = $3 AND Generation = $4",
                clusterId, endpoint.Address.ToString(), endpoint.Port, generation);
        }

        batch.ExecuteNonQuery();

        void Add(string text, params object[] values)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            batch.BatchCommands.Add(command);
        }
    }

    private static long States(NpgsqlConnection connection, string name)
    {
        using var query = new NpgsqlCommand("SELECT count(*) FROM GrainState WHERE Name LIKE $1 AND Payload IS NOT NULL", connection)
        {
            Parameters = { new() { Value = name } },
        };
        return (long)query.ExecuteScalar()!;
    }

    private static int Version(NpgsqlConnection connection) => Scalar<int?>(connection, "SELECT max(Version) FROM SiameseSchema") ?? 0;

    /// <summary>Silos send a heartbeat every 30 s; clocks of machines differ a little.</summary>
    internal static bool IsInUse(NpgsqlConnection connection) => Scalar<bool>(
        connection, "SELECT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE Status <> 6 AND IAmAliveTime > now() - interval '2 minutes')");

    private NpgsqlDataSource Source(int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection.ConnectionString);
        Default("Maximum Pool Size", connections);
        // Less than Npgsql's defaults of 15 and 30: if a link is cut, a call fails in time to be retried on another connection.
        Default("Timeout", 5);
        Default("Command Timeout", 10);
        Default("Application Name", "siamese");
        // If a machine disappears, its connections and locks must not stay for TCP's default of two hours.
        Default("Options", "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c idle_in_transaction_session_timeout=60s");
        return NpgsqlDataSource.Create(settings);

        void Default(string key, object value)
        {
            if (!_connection.Keys.Cast<string>().Contains(key, StringComparer.OrdinalIgnoreCase))
                settings[key] = value;
        }
    }

    private static void Execute(NpgsqlConnection connection, string text)
    {
        // Runs only our own resources and the literals above.
        using var command = new NpgsqlCommand(text, connection) { CommandTimeout = MigrationTimeoutSeconds };
        command.ExecuteNonQuery();
    }

    private static T? Scalar<T>(NpgsqlConnection connection, string text)
    {
        using var command = new NpgsqlCommand(text, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }
}
