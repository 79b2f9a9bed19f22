using Npgsql;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>The PostgreSQL server of the tests. If its programs are not installed, there is no server and no test uses it.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresFixture : IAsyncLifetime, ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";

    private PostgresServer? _server;

    public PostgresServer Server => _server!;

    public async Task InitializeAsync() => _server = PostgresBinaries.Folder is null ? null : await PostgresServer.Create();

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>An empty database; null without a server.</summary>
    public async Task<string?> NewDatabase() => _server is null ? null : await _server.NewDatabase();

    /// <summary>Drops a database that <see cref="NewDatabase"/> created.</summary>
    internal Task Drop(StoreDatabase database) => _server is null ? Task.CompletedTask : _server.Drop(database.ConnectionString);
}
