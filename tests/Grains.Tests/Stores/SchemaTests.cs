using Siamese.Contracts;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Postgres;
using Siamese.Silo.Storage.Sqlite;

namespace Siamese.Grains.Tests.Stores;

public sealed class SchemaTests
{
    private static readonly Schema _schema = new(["one", "two", "three"]);

    [Fact]
    public void A_store_gets_the_scripts_that_it_lacks() => Assert.Equal((string[])["two", "three"], _schema.After(1, () => false));

    [Fact]
    public void An_empty_place_gets_all_scripts_even_while_silos_run() => Assert.Equal(3, _schema.After(0, () => true).Length);

    [Fact]
    public void An_up_to_date_store_gets_no_scripts_even_while_silos_run() => Assert.Empty(_schema.After(3, () => true));

    [Fact]
    public void A_store_in_use_by_an_earlier_build_is_not_migrated() =>
        Assert.Contains("earlier build", Assert.Throws<BadInputException>(() => _schema.After(2, () => true)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_store_of_a_later_build_is_refused() =>
        Assert.Contains("schema 4", Assert.Throws<BadInputException>(() => _schema.After(4, () => false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Each_kind_of_store_has_only_its_own_scripts()
    {
        Assert.All(Schema.Of<SqliteStore>().Scripts, script => Assert.DoesNotContain("timestamptz", script, StringComparison.Ordinal));
        Assert.Contains("timestamptz", Schema.Of<PostgresStore>().Scripts[0], StringComparison.Ordinal);
        Assert.Contains("DROP TABLE OrleansStorage", Schema.Of<SqliteStore>().Scripts[1], StringComparison.Ordinal);
    }
}
