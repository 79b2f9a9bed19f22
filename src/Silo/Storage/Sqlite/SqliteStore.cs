using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Storage.Sqlite;

/// <summary>
/// One SQLite file with the cluster's membership and the grains' state, shared by the silos on one machine. Orleans ships
/// no schema for SQLite: ours is in the numbered scripts `*.sql` beside this class and is applied at start.
/// </summary>
internal sealed class SqliteStore : IStore
{
    /// <summary>Orleans' ADO.NET invariant for SQLite; the driver is Microsoft.Data.Sqlite.</summary>
    private const string Invariant = "System.Data.SQLite";
    private const int AlreadyDead = 6; // SiloStatus.Dead

    private readonly string _path;

    /// <param name="path">The file, absolute.</param>
    /// <param name="blobs">The folder for blobs and checkpoints; empty for the folder of the file.</param>
    public SqliteStore(string path, string blobs = "")
    {
        _path = path;
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        var folder = blobs.Length > 0 ? Path.GetFullPath(blobs) : Path.GetDirectoryName(path) ?? path;
        // By its file name, so that a data folder can be moved.
        Contents = Contents.In(folder, blobs.Length > 0 ? new FolderOwner(folder, path, database: null) : new FolderOwner(folder, Path.GetFileName(path), path));
    }

    public string ConnectionString { get; }

    public string Name => _path;

    public string Kind => "SQLite";

    public bool IsShared => false;

    public string? UnprotectedHost => null;

    public Schema Schema { get; } = Schema.Of<SqliteStore>();

    public Contents Contents { get; }

    public StoreHealth Health { get; } = new(TimeProvider.System);

    /// <summary>The store that `--store sqlite:PLACE` means.</summary>
    public static SqliteStore At(string place, string blobs) => place.Length > 0
        ? new SqliteStore(Path.GetFullPath(place), blobs)
        : throw new BadInputException("--store must be sqlite:PATH, with the path of a file.");

    public Migration Migrate()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var connection = Connect();
            return Migrate(connection);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The store {_path} cannot be opened: {e.Message}", e);
        }
    }

    public StateCounts Count()
    {
        if (!File.Exists(_path))
            throw new BadInputException($"There is no store {_path}; `silo store migrate` creates one.");
        try
        {
            using var connection = Existing();
            var version = Version(connection);
            if (version == 0)
                throw new BadInputException($"The file {_path} is not a store.");
            var faults = Faults(connection);
            return Schema.After(version, isInUse: () => false).IsEmpty
                ? new StateCounts(version, States(connection, "%"), States(connection, "sweep"), States(connection, "trial"), faults)
                : new StateCounts(version, null, null, null, faults);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The store {_path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>With its log of changes, which are not in the file yet.</summary>
    public StoreSize Measure()
    {
        var (here, there) = (StoreSize.Free(Path.GetDirectoryName(_path)!), StoreSize.Free(Contents.Folder!));
        return new(new[] { _path, $"{_path}-wal" }.Sum(file => StoreSize.LengthOf(new(file))) + Contents.FileBytes, here is { } a && there is { } b ? Math.Min(a, b) : here ?? there);
    }

    public IEnumerable<(string Grain, string Name, byte[] Payload)> States()
    {
        using var connection = Existing();
        using var query = Command(connection, "SELECT Grain, Name, Payload FROM GrainState WHERE Payload IS NOT NULL");
        using var rows = query.ExecuteReader();
        while (rows.Read())
            yield return (rows.GetString(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
    }

    /// <summary>Does nothing: all silos that can open the file are on this machine.</summary>
    public void RefuseClusterElsewhere(string clusterId) { }

    public void UseClustering(AdoNetClusteringSiloOptions clustering) =>
        (clustering.Invariant, clustering.ConnectionString) = (Invariant, ConnectionString);

    public IReadOnlyList<StoredSecret> Secrets()
    {
        try
        {
            using var connection = Connect();
            using var query = Command(connection, "SELECT Made, Value FROM Secret");
            using var rows = query.ExecuteReader();
            var secrets = new List<StoredSecret>();
            while (rows.Read())
                secrets.Add(new StoredSecret(rows.GetInt64(0), (byte[])rows.GetValue(1)));
            return secrets;
        }
        catch (SqliteException e)
        {
            throw new BadInputException($"The store {_path} cannot be read: {e.Message}", e);
        }
    }

    public void Add(StoredSecret secret)
    {
        using var connection = Connect();
        Add(connection, secret);
    }

    public IStateTable OpenStates() => new SqliteStateTable(ConnectionString, Health);

    public void Dispose() { }

    /// <summary>
    /// Killed silos of this machine are still listed as members, and a cluster that waits for their eviction starts seconds
    /// late. Nothing listens on their port, so they are known to be gone.
    /// </summary>
    public void BuryTheDead(string clusterId)
    {
        using var connection = Connect();
        foreach (var (cluster, address, port, generation) in Members(connection))
        {
            if (cluster != clusterId || OwnAddress.IsListening(new IPEndPoint(IPAddress.Parse(address), port)))
                continue;
            using var update = Command(connection, "UPDATE OrleansMembershipTable SET Status = $dead WHERE DeploymentId = $cluster AND Address = $address AND Port = $port AND Generation = $generation");
            update.Parameters.AddWithValue("$cluster", clusterId);
            update.Parameters.AddWithValue("$dead", AlreadyDead);
            update.Parameters.AddWithValue("$address", address);
            update.Parameters.AddWithValue("$port", port);
            update.Parameters.AddWithValue("$generation", generation);
            update.ExecuteNonQuery();
        }
    }

    private Migration Migrate(SqliteConnection connection)
    {
        // Stored in the file: readers and the one writer no longer wait for each other.
        using (var wal = Command(connection, "PRAGMA journal_mode = WAL"))
            wal.ExecuteNonQuery();
        // Several silos may start at once: the first one in migrates, the others wait and find it done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection);
        foreach (var script in Schema.After(version, () => Members(connection).Any(member => OwnAddress.IsListening(new IPEndPoint(IPAddress.Parse(member.Address), member.Port)))))
        {
            using var apply = Command(connection, script);
            apply.ExecuteNonQuery();
        }

        using (var mark = Command(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Schema.Version}")))
            mark.ExecuteNonQuery();
        using (var count = Command(connection, "SELECT count(*) FROM Secret"))
        {
            if ((long)count.ExecuteScalar()! == 0)
                Add(connection, StoredSecret.Make(TimeProvider.System.GetUtcNow()));
        }

        transaction.Commit();
        return new Migration(version, Schema.Version);
    }

    private static void Add(SqliteConnection connection, StoredSecret secret)
    {
        using var add = Command(connection, "DELETE FROM Secret WHERE Made < (SELECT max(Made) FROM Secret); INSERT INTO Secret (Made, Value) VALUES ($made, $value)");
        add.Parameters.AddWithValue("$made", secret.Made);
        add.Parameters.AddWithValue("$value", secret.Value);
        add.ExecuteNonQuery();
    }

    /// <summary>Silos of any cluster that nobody has declared dead.</summary>
    private static List<(string Cluster, string Address, int Port, int Generation)> Members(SqliteConnection connection)
    {
        using var query = Command(connection, "SELECT DeploymentId, Address, Port, Generation FROM OrleansMembershipTable WHERE Status <> $dead");
        query.Parameters.AddWithValue("$dead", AlreadyDead);
        using var rows = query.ExecuteReader();
        var members = new List<(string, string, int, int)>();
        while (rows.Read())
            members.Add((rows.GetString(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt32(3)));
        return members;
    }

    private List<string> Faults(SqliteConnection connection)
    {
        using var query = Command(connection, "PRAGMA integrity_check");
        using var rows = query.ExecuteReader();
        var faults = new List<string>();
        while (rows.Read())
        {
            if (rows.GetString(0) is not "ok" and var fault)
                faults.Add($"The file {_path} is broken: {fault}.");
        }

        return faults;
    }

    private static long States(SqliteConnection connection, string name)
    {
        using var query = Command(connection, "SELECT count(*) FROM GrainState WHERE Name LIKE $name AND Payload IS NOT NULL");
        query.Parameters.AddWithValue("$name", name);
        return (long)query.ExecuteScalar()!;
    }

    /// <summary>Leaves no files behind: a read-only connection cannot remove log files that it created, or found after a crash.</summary>
    private SqliteConnection Existing()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    private static int Version(SqliteConnection connection)
    {
        using var query = Command(connection, "PRAGMA user_version");
        return Convert.ToInt32(query.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        // Runs only our own resources and the literals above.
        command.CommandText = text;
        return command;
    }
}
