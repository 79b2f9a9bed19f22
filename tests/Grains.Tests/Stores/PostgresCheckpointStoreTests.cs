using Siamese.Grains.Storage;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

[NeedsPostgres]
[Collection(PostgresFixture.Name)]
public sealed class PostgresCheckpointStoreTests(PostgresFixture postgres) : CheckpointStoreTests, IAsyncLifetime
{
    private readonly List<IStore> _opened = [];
    private StoreDatabase _database = new(null);

    public async Task InitializeAsync() => _database = new StoreDatabase(await postgres.NewDatabase());

    public Task DisposeAsync()
    {
        _opened.ForEach(store => store.Dispose());
        return postgres.Drop(_database);
    }

    private protected override ICheckpointStore Open()
    {
        var store = _database.Store();
        _opened.Add(store);
        store.Migrate();
        return store.Contents.Checkpoints;
    }

    private protected override void Damage(byte[] by) => _database.Damage(by);

    private protected override int Count() => (int)_database.Scalar<long>("SELECT count(*) FROM Content");
}
