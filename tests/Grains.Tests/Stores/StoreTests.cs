using Siamese.Contracts;
using Siamese.Silo.Storage;
using Siamese.Testing.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>What making and migrating must do on every store.</summary>
public abstract class StoreTests : IDisposable
{
    private protected abstract IStoreUnderTest Place { get; }

    public void Dispose()
    {
        Place.Remove();
        GC.SuppressFinalize(this);
    }

    [SuiteFact]
    public void It_is_made_once_and_then_left_as_it_is()
    {
        var made = Migrate();
        var opened = Migrate();

        Assert.Equal(0, made.From);
        Assert.Equal(new Migration(made.To, made.To), opened);
        Assert.True(Place.Scalar<long>("SELECT count(*) FROM OrleansQuery") >= 9);
    }

    [SuiteFact]
    public async Task Several_silos_may_open_an_empty_place_at_once()
    {
        using var barrier = new Barrier(8);
        var migrations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OwnThread.Run(
            () =>
            {
                barrier.SignalAndWait();
                return Migrate();
            },
            CancellationToken.None)));

        Assert.Single(migrations, migration => migration.From == 0);
    }

    [SuiteFact]
    public void One_of_a_later_schema_is_refused_and_left_alone()
    {
        Migrate();
        Place.Execute(SetSchema(99));

        Assert.Contains("schema 99", Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
        Assert.Contains("schema 99", Assert.Throws<BadInputException>(Migrate).Message, StringComparison.Ordinal);
    }

    [SuiteFact]
    public void Silos_of_this_build_do_not_keep_another_from_opening_it()
    {
        var made = Migrate();
        using var running = RunningSilo();

        Assert.Equal(made.To, Migrate().To);
    }

    private protected Migration Migrate()
    {
        using var store = Place.Store();
        return store.Migrate();
    }

    /// <summary>The statement that says the store is of another schema.</summary>
    private protected abstract string SetSchema(int version);

    /// <summary>Makes the store believe that a silo is running on it.</summary>
    private protected abstract IDisposable RunningSilo();
}
