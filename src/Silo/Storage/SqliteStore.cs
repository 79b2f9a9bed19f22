using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>
/// One SQLite file that holds the cluster's membership and the grains' state, shared by the silos of one machine. Orleans
/// ships no schema for it: ours lies in `sqlite/*.sql`, numbered, and is applied at start.
/// </summary>
internal sealed class SqliteStore
{
    private const int AlreadyDead = 6; // SiloStatus.Dead

    private SqliteStore(string path)
    {
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString();
        BlobFolder = Path.Combine(Path.GetDirectoryName(path)!, "blobs");
        CheckpointFolder = Path.Combine(Path.GetDirectoryName(path)!, "checkpoints");
    }

    public string ConnectionString { get; }

    /// <summary>The folder of the weights and embeddings, beside the file.</summary>
    public string BlobFolder { get; }

    /// <summary>The folder of the checkpoints, beside the file.</summary>
    public string CheckpointFolder { get; }

    /// <summary>Opens the store, making it or bringing its schema up to date where need be.</summary>
    /// <exception cref="BadInputException">The file cannot be opened, or is of a later schema.</exception>
    public static SqliteStore Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var store = new SqliteStore(path);
            store.Migrate();
            return store;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The store {path} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>
    /// Silos of this machine that were killed still stand as members, and a cluster that waits for their eviction starts
    /// seconds late. Nobody listens on their port, so they are known to be gone.
    /// </summary>
    public void BuryTheDead(string clusterId)
    {
        using var connection = Connect();
        foreach (var (cluster, address, port, generation) in Members(connection))
        {
            if (cluster != clusterId || LoopbackPort.IsListening(port))
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

    private void Migrate()
    {
        using var connection = Connect();
        // Kept in the file: readers and the one writer no longer wait for each other.
        using (var wal = Command(connection, "PRAGMA journal_mode = WAL"))
            wal.ExecuteNonQuery();
        // Several silos may start at once: the first one in migrates, the others wait and find it done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var scripts = Scripts().ToArray();
        var version = Version(connection);
        if (version > scripts.Length)
            throw new BadInputException($"The store is of schema {version}, and this build knows {scripts.Length}; use a newer build.");
        if (version > 0 && version < scripts.Length && Members(connection).Any(member => LoopbackPort.IsListening(member.Port)))
            throw new BadInputException("A silo of an earlier build is running on this store; stop it first.");
        foreach (var script in scripts.Skip(version))
        {
            using var apply = Command(connection, script);
            apply.ExecuteNonQuery();
        }

        using (var mark = Command(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {scripts.Length}")))
            mark.ExecuteNonQuery();
        transaction.Commit();
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

    /// <summary>The migrations, oldest first.</summary>
    private static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        // Only our own resources and the literals above.
        command.CommandText = text;
        return command;
    }
}
