using Npgsql;
using Siamese.Silo.Storage;
using Siamese.Silo.Storage.Postgres;

namespace Siamese.Grains.Tests.Stores;

/// <summary>A PostgreSQL database for a store. Its creator must drop it.</summary>
/// <param name="connectionString">Null if there is no server; then no test runs.</param>
internal sealed class StoreDatabase(string? connectionString) : IStoreUnderTest
{
    public string ConnectionString => connectionString!;

    public string Address => $"postgres:{connectionString}";

    public IStore Store() => new PostgresStore(ConnectionString);

    public void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public T Scalar<T>(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public void Damage(byte[] by)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var damage = new NpgsqlCommand("UPDATE ContentChunk SET Bytes = $1 WHERE Part = 0", connection) { Parameters = { new() { Value = by } } };
        damage.ExecuteNonQuery();
    }

    public void Age(TimeSpan by)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        foreach (var table in (string[])["Blob", "Checkpoint"])
        {
            using var age = new NpgsqlCommand($"UPDATE {table} SET Used = Used - $1", connection) { Parameters = { new() { Value = by } } };
            age.ExecuteNonQuery();
        }
    }

    public void Remove() { }
}
