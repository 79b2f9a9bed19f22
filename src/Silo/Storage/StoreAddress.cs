using Npgsql;
using Siamese.Contracts;

namespace Siamese.Silo.Storage;

/// <summary>Where a store is, as given by `--store`.</summary>
/// <param name="IsPostgres">Whether it is in PostgreSQL; else it is an SQLite file.</param>
/// <param name="Place">The path of the file, or the connection string.</param>
internal sealed record StoreAddress(bool IsPostgres, string Place)
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    /// <exception cref="BadInputException">It is not valid. The message repeats nothing that could be a password.</exception>
    public static StoreAddress Parse(string store)
    {
        if (store.StartsWith(Sqlite, StringComparison.Ordinal) && store.Length > Sqlite.Length)
            return new StoreAddress(IsPostgres: false, store[Sqlite.Length..]);
        if (store.StartsWith(Postgres, StringComparison.Ordinal))
            return new StoreAddress(IsPostgres: true, Checked(store[Postgres.Length..]));
        var stated = store.Split(':') is [{ Length: > 0 } prefix, _, ..] && prefix.All(char.IsAsciiLetter) ? $", and not start with '{prefix}:'" : "";
        throw new BadInputException($"--store must be sqlite:PATH or postgres:Host=…;Database=…;Username=…{stated}.");
    }

    /// <summary>The store itself, not opened yet.</summary>
    /// <param name="blobs">The folder for blobs and checkpoints; empty if the store keeps them itself.</param>
    public IStore Store(string blobs) =>
        IsPostgres ? new PostgresStore(Place, blobs) : new SqliteStore(Path.GetFullPath(Place), blobs);

    private static string Checked(string connectionString)
    {
        const string Wanted = "--store postgres: must be followed by a connection string such as Host=db;Database=siamese;Username=siamese";
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(connectionString);
            return parsed is { Host.Length: > 0, Database.Length: > 0 }
                ? connectionString
                : throw new BadInputException($"{Wanted}; it names no {(string.IsNullOrEmpty(parsed.Host) ? "Host" : "Database")}.");
        }
        catch (ArgumentException e)
        {
            // The driver's own message may contain the part of a password after a semicolon.
            throw new BadInputException($"{Wanted}; it has a keyword that does not exist, or an unquoted value with ; or =.", e);
        }
    }
}
