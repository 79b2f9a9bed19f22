using Siamese.Grains.Storage;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

[NeedsPostgres]
[Collection(PostgresFixture.Name)]
public sealed class PostgresBlobStoreTests(PostgresFixture postgres) : BlobStoreTests, IAsyncLifetime
{
    private readonly List<IStore> _opened = [];
    private StoreDatabase _database = new(null);

    public async Task InitializeAsync() => _database = new StoreDatabase(await postgres.NewDatabase());

    public Task DisposeAsync()
    {
        _opened.ForEach(store => store.Dispose());
        return postgres.Drop(_database);
    }

    [PostgresFact]
    public async Task A_blob_with_a_missing_part_is_named()
    {
        var store = Open();
        var name = await store.Put(Some.Bytes(3_000_000), CancellationToken.None);
        foreach (var part in (int[])[1, 2, 0])
        {
            _database.Execute($"DELETE FROM ContentChunk WHERE Part = {part}");

            var broken = await Assert.ThrowsAsync<BlobException>(() => store.Get(name, CancellationToken.None));
            Assert.Contains(name, broken.Message, StringComparison.Ordinal);
            Assert.Contains("missing", broken.Message, StringComparison.Ordinal);
            Assert.Equal((string[])[name], await store.Missing([name], CancellationToken.None));
        }
    }

    /// <summary>The server ends the writer's session after some of the parts, as if the silo had been killed.</summary>
    [PostgresFact]
    public async Task An_interrupted_write_leaves_nothing()
    {
        var store = Open();
        _database.Execute(
            """
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            CREATE TRIGGER cut BEFORE INSERT ON ContentChunk FOR EACH ROW WHEN (NEW.Part = 2) EXECUTE FUNCTION cut();
            """);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<Exception>(() => store.Put(Some.Bytes(3_000_000), patience.Token));

        Assert.Equal(0, Count());
        Assert.Equal(0, _database.Scalar<long>("SELECT count(*) FROM ContentChunk"));
    }

    [PostgresFact]
    public async Task A_replaced_or_removed_blob_leaves_no_bytes()
    {
        var store = Open();
        var name = await store.Put(Some.Bytes(3_000_000), CancellationToken.None);
        Damage([1]);
        await store.Put(Some.Bytes(3_000_000), CancellationToken.None);
        Assert.Equal(3, _database.Scalar<long>("SELECT count(*) FROM ContentChunk"));

        await store.Delete(name, CancellationToken.None);
        Assert.Equal(0, _database.Scalar<long>("SELECT count(*) FROM ContentChunk"));
    }

    [PostgresFact]
    public async Task A_restart_of_the_server_goes_unnoticed()
    {
        var store = Open();
        var name = await store.Put(Some.Bytes(3_000_000), CancellationToken.None);
        await postgres.Server.Restart(isCrash: true);

        Assert.Equal(Some.Bytes(3_000_000), await store.Get(name, CancellationToken.None));
    }

    private protected override IBlobStore Open()
    {
        var store = _database.Store();
        _opened.Add(store);
        store.Migrate();
        return store.Contents.Blobs;
    }

    private protected override void Damage(byte[] by) => _database.Damage(by);

    private protected override int Count() => (int)_database.Scalar<long>("SELECT count(*) FROM Content");
}
