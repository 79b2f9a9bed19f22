using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

[NeedsPostgres]
[Collection(PostgresFixture.Name)]
public sealed class PostgresMembershipTests(PostgresFixture postgres) : MembershipTests, IAsyncLifetime
{
    private StoreDatabase _database = new(null);

    private protected override IStoreUnderTest Place => _database;

    public async Task InitializeAsync() => _database = new StoreDatabase(await postgres.NewDatabase());

    public Task DisposeAsync() => postgres.Drop(_database);
}
