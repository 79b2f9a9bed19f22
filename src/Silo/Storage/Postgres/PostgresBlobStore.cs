using System.Collections.Immutable;
using Npgsql;
using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>Blobs in PostgreSQL.</summary>
/// <param name="source">Source of the connections.</param>
/// <param name="outage">Bridges the server's absences.</param>
internal sealed class PostgresBlobStore(NpgsqlDataSource source, Outage outage) : IBlobStore, IMaintained
{
    private readonly PostgresContents _contents = new(source, outage);

    public async Task<string> Put(byte[] bytes, CancellationToken cancellation)
    {
        var name = ContentName.Of(bytes);
        if (!await IsThere(name, cancellation) || !await Use([name], cancellation))
            await _contents.Put(Owner(name), name, bytes, cancellation);
        return name;
    }

    public async Task<byte[]> Get(string name, CancellationToken cancellation) =>
        await _contents.Get(Owner(name), name, cancellation) ?? throw new BlobException($"Blob {name} is not in the store.");

    public Task<long> Delete(string name, CancellationToken cancellation)
    {
        var owner = Owner(name);
        return _contents.Delete(owner.Table, owner.Where, owner.Values, cancellation);
    }

    public Task<ImmutableArray<string>> Missing(ImmutableArray<string> names, CancellationToken cancellation) => _contents.Names(
        // The length of a chunk is known without reading it.
        """
        SELECT wanted.Name FROM unnest($1) WITH ORDINALITY AS wanted (Name, Place)
        WHERE NOT EXISTS (
            SELECT 1 FROM Blob b JOIN Content c ON c.Id = b.Content
            WHERE b.Name = wanted.Name
              AND c.Length = (SELECT coalesce(sum(octet_length(k.Bytes)), 0) FROM ContentChunk k WHERE k.Content = c.Id))
        ORDER BY wanted.Place
        """,
        names.Select(ContentName.Check).ToArray(),
        cancellation);

    public async Task<ImmutableArray<string>> Refresh(ImmutableArray<string> names, CancellationToken cancellation)
    {
        await Use(names, cancellation);
        return await Missing(names, cancellation);
    }

    public Task<ImmutableArray<string>> UnusedFor(TimeSpan time, CancellationToken cancellation) =>
        _contents.Names("SELECT Name FROM Blob WHERE Used < now() - $1", time, cancellation);

    public Task<long> Collect(string name, TimeSpan time, CancellationToken cancellation) =>
        _contents.Delete("Blob", "o.Name = $1 AND o.Used < now() - $2", [ContentName.Check(name), time], cancellation);

    /// <summary>Nothing: an interrupted transaction leaves nothing behind.</summary>
    public Task<long> CollectUnfinished(TimeSpan time, CancellationToken cancellation) => Task.FromResult(0L);

    public IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation) =>
        _contents.Verify("SELECT Name FROM Blob ORDER BY Name", row => (Owner(row.GetString(0)), row.GetString(0)), cancellation);

    /// <summary>Whether the blob is there and intact. A broken blob is written again: training a trial again gives the same name.</summary>
    private async Task<bool> IsThere(string name, CancellationToken cancellation)
    {
        try
        {
            return await _contents.Get(Owner(name), name, cancellation) is not null;
        }
        catch (BlobException)
        {
            return false;
        }
    }

    /// <summary>Notes that blobs are used now; false if none of them exists. In the order of their names, so that two callers do not block each other.</summary>
    private Task<bool> Use(ImmutableArray<string> names, CancellationToken cancellation) => outage.Await(
        async () =>
        {
            await using var update = source.CreateCommand(
                """
                WITH used AS (SELECT Name FROM Blob WHERE Name = ANY($1) ORDER BY Name FOR UPDATE)
                UPDATE Blob b SET Used = now() FROM used WHERE b.Name = used.Name
                """);
            update.Parameters.Add(new() { Value = names.Select(ContentName.Check).ToArray() });
            return await update.ExecuteNonQueryAsync(cancellation) > 0;
        },
        cancellation);

    private static ContentOwner Owner(string name) => new($"Blob {name}", "Blob", [("Name", ContentName.Check(name))]);
}
