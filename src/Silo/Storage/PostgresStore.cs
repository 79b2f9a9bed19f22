using System.Globalization;
using Npgsql;
using Orleans.Configuration;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>
/// A PostgreSQL database that holds all that a cluster keeps, shared by silos of any number of machines. The schema lies in
/// `postgres/*.sql`, numbered, and is applied at start.
/// </summary>
internal sealed class PostgresStore : IStore
{
    /// <summary>Of the advisory lock under which the schema is migrated: "siamese" in ASCII.</summary>
    private const long MigrationLock = 0x7369616D657365;

    private const int MigrationTimeoutSeconds = 600;

    private readonly NpgsqlConnectionStringBuilder _connection;
    private readonly NpgsqlDataSource _membership;
    private readonly NpgsqlDataSource _data;

    /// <param name="connectionString">What is said there goes before the settings of ours.</param>
    /// <param name="blobs">The folder for blobs and checkpoints; empty for the database.</param>
    public PostgresStore(string connectionString, string blobs = "")
    {
        _connection = new NpgsqlConnectionStringBuilder(connectionString);
        // Two pools: a sign of life does not wait for a connection behind blobs. A server has some 100 for all its silos.
        _membership = Source(connections: 4);
        _data = Source(connections: 12);
        Contents = blobs.Length > 0 ? Contents.In(Path.GetFullPath(blobs)) : Contents.In(_data);
    }

    public string Name => $"in database {_connection.Database} on {_connection.Host} as {_connection.Username ?? "the system's user"}";

    public Schema Schema => Schema.Postgres;

    public Contents Contents { get; }

    public Migration Migrate()
    {
        try
        {
            using var connection = _data.OpenConnection();
            return Migrate(connection);
        }
        catch (NpgsqlException e)
        {
            throw new BadInputException($"The store {Name} cannot be opened: {Reason(e)}", e);
        }
    }

    public StateCounts Count()
    {
        try
        {
            using var connection = _data.OpenConnection();
            var version = Scalar<bool>(connection, "SELECT to_regclass('SiameseSchema') IS NOT NULL") ? Version(connection) : 0;
            if (version == 0)
                throw new BadInputException($"There is no store {Name}; `silo store migrate` makes one.");
            return Schema.After(version, isInUse: () => false).IsEmpty
                ? new StateCounts(version, States(connection, "%"), States(connection, "sweep"), States(connection, "trial"), [])
                : new StateCounts(version, null, null, null, []);
        }
        catch (NpgsqlException e)
        {
            throw new BadInputException($"The store {Name} cannot be read: {Reason(e)}", e);
        }
    }

    /// <summary>Nobody: whether a silo of another machine is gone is for the cluster to find out.</summary>
    public void BuryTheDead(string clusterId) { }

    public void UseClustering(AdoNetClusteringSiloOptions clustering) => (clustering.Invariant, clustering.DataSource) = ("Npgsql", _membership);

    public IStateTable OpenStates() => new PostgresStateTable(_data);

    public void Dispose()
    {
        _membership.Dispose();
        _data.Dispose();
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
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM SiameseSchema; INSERT INTO SiameseSchema VALUES ({Schema.Version})"));
        transaction.Commit();
        return new Migration(version, Schema.Version);
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

    /// <summary>Silos give a sign of life every 30 s; clocks of machines differ a little.</summary>
    internal static bool IsInUse(NpgsqlConnection connection) => Scalar<bool>(
        connection, "SELECT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE Status <> 6 AND IAmAliveTime > now() - interval '2 minutes')");

    private NpgsqlDataSource Source(int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(_connection.ConnectionString);
        Default("Maximum Pool Size", connections);
        // Less than Npgsql's own 15 and 30: behind a link that is cut a call fails in time to be tried again on another connection.
        Default("Timeout", 5);
        Default("Command Timeout", 10);
        Default("Application Name", "siamese");
        return NpgsqlDataSource.Create(settings);

        void Default(string key, object value)
        {
            if (!_connection.Keys.Cast<string>().Contains(key, StringComparer.OrdinalIgnoreCase))
                settings[key] = value;
        }
    }

    private static void Execute(NpgsqlConnection connection, string text)
    {
        // Only our own resources and the literals above.
        using var command = new NpgsqlCommand(text, connection) { CommandTimeout = MigrationTimeoutSeconds };
        command.ExecuteNonQuery();
    }

    private static T? Scalar<T>(NpgsqlConnection connection, string text)
    {
        using var command = new NpgsqlCommand(text, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }

    private static string Reason(NpgsqlException e) => e switch
    {
        PostgresException refused => $"{refused.MessageText} ({refused.SqlState}).",
        { InnerException: { } because } when because.Message != e.Message => $"{e.Message} ({because.Message}).",
        _ => $"{e.Message}.",
    };
}
