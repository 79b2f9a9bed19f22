using Microsoft.Data.Sqlite;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Sqlite;
using SiloOptions = Siamese.Silo.Options.SiloOptions;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A folder for an SQLite store, removed when the test ends.</summary>
internal sealed class StoreFolder : IStoreUnderTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("siamese-store-").FullName;

    public string Folder => _folder;

    public string Database => Path.Combine(_folder, "made", "siamese.db");

    public string Address => $"sqlite:{Database}";

    /// <summary>Options of a silo with its store and everything else in this folder.</summary>
    /// <param name="gatewayPort">Its port for clients; 0 takes a free one.</param>
    public SiloOptions Options(int gatewayPort = 0) => new()
    {
        Slots = 1,
        Store = Address,
        Cache = Path.Combine(Folder, "cache"),
        Home = Folder,
        SiloPort = 0,
        GatewayPort = gatewayPort,
    };

    public IStore Store() => new SqliteStore(Database);

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Connect();
        using var command = new SqliteCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public void Damage(byte[] by)
    {
        foreach (var file in Files())
            File.WriteAllBytes(file, by);
    }

    public void Age(TimeSpan by)
    {
        foreach (var file in Files())
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - by);
    }

    /// <summary>The files of all blobs and checkpoints.</summary>
    public IEnumerable<string> Files() => ((string[])["blobs", "checkpoints"]).Select(folder => Path.Combine(Path.GetDirectoryName(Database)!, folder))
        .Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories)).ToArray();

    public void Remove() => Dispose();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
