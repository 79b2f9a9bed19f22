using System.Collections.Immutable;
using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>
/// The bytes of blobs and checkpoints in PostgreSQL, in chunks, because the server too would have to keep a value of
/// hundreds of MB in memory. A content and its owner are written in one transaction: nobody ever sees half of it.
/// </summary>
/// <param name="source">Source of the connections.</param>
/// <param name="outage">Bridges the server's absences.</param>
internal sealed class PostgresContents(NpgsqlDataSource source, Outage outage)
{
    private const int ChunkLength = 1024 * 1024;

    /// <summary>Stores bytes and makes them the content of an owner, in place of its old content.</summary>
    /// <param name="owner">The blob or checkpoint.</param>
    /// <param name="hash">The bytes' SHA-256.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="cancellation">Ends the call; then either nothing or everything was stored.</param>
    public Task Put(ContentOwner owner, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => outage.Await(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var content = await Write(connection, hash, bytes, cancellation);
            await Own(connection, owner, content, cancellation);
            // From here on, it is stored even if the caller cancels.
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        },
        cancellation);

    /// <summary>The bytes of an owner's content; null if there is no such owner.</summary>
    /// <exception cref="BlobException">A chunk is missing, or the bytes do not have that hash.</exception>
    public Task<byte[]?> Get(ContentOwner owner, string hash, CancellationToken cancellation) => outage.Await(
        async () =>
        {
            // One statement sees one snapshot of the database, whatever is replaced or removed meanwhile.
            await using var select = source.CreateCommand(
                $"SELECT c.Length, k.Bytes FROM {owner.Table} o JOIN Content c ON c.Id = o.Content LEFT JOIN ContentChunk k ON k.Content = c.Id WHERE {owner.Where} ORDER BY k.Part");
            Add(select, owner.Values);
            await using var rows = await select.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
            if (!await rows.ReadAsync(cancellation))
                return null;
            var bytes = new byte[rows.GetInt64(0)];
            var length = 0;
            do
            {
                if (await rows.IsDBNullAsync(1, cancellation))
                    break;
                await using var chunk = await rows.GetStreamAsync(1, cancellation);
                if (chunk.Length > bytes.Length - length)
                    throw Broken(owner, "it is longer than recorded");
                await chunk.ReadExactlyAsync(bytes.AsMemory(length, (int)chunk.Length), cancellation);
                length += (int)chunk.Length;
            }
            while (await rows.ReadAsync(cancellation));

            if (length < bytes.Length)
                throw Broken(owner, "a part of it is missing");
            return ContentName.Of(bytes) == hash ? bytes : throw Broken(owner, "its bytes do not match its hash");
        },
        cancellation);

    /// <summary>Removes owners with their contents, and returns the bytes freed.</summary>
    /// <param name="table">The owners' table.</param>
    /// <param name="where">SQL condition on its rows, with the alias `o`.</param>
    /// <param name="values">The condition's parameters.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<long> Delete(string table, string where, ImmutableArray<object> values, CancellationToken cancellation) => outage.Await(
        async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return await Delete(connection, table, where, values, cancellation);
        },
        cancellation);

    /// <summary>The first column of the result of a query with one parameter.</summary>
    public Task<ImmutableArray<string>> Names(string select, object value, CancellationToken cancellation) => outage.Await(
        async () =>
        {
            await using var command = source.CreateCommand(select);
            command.Parameters.Add(new() { Value = value });
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            var names = ImmutableArray.CreateBuilder<string>();
            while (await rows.ReadAsync(cancellation))
                names.Add(rows.GetString(0));
            return names.ToImmutable();
        },
        cancellation);

    /// <summary>Reads the contents of owners and compares them with their hashes; skips what is removed meanwhile.</summary>
    /// <param name="select">Finds the owners.</param>
    /// <param name="read">Reads an owner and its content's hash from a row of the result.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async IAsyncEnumerable<StoredContent> Verify(
        string select, Func<NpgsqlDataReader, (ContentOwner Owner, string Hash)> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var owners = await outage.Await(
            async () =>
            {
                var found = new List<(ContentOwner Owner, string Hash)>();
                await using var command = source.CreateCommand(select);
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                    found.Add(read(rows));
                return found;
            },
            cancellation);
        foreach (var (owner, hash) in owners)
        {
            if (await Verify(owner, hash, cancellation) is { } content)
                yield return content;
        }
    }

    private async Task<StoredContent?> Verify(ContentOwner owner, string hash, CancellationToken cancellation)
    {
        try
        {
            return await Get(owner, hash, cancellation) is { } bytes ? new StoredContent(hash, bytes.Length, Fault: null) : null;
        }
        catch (BlobException e)
        {
            return new StoredContent(hash, 0, e.Message);
        }
    }

    private static async Task<long> Delete(
        NpgsqlConnection connection, string table, string where, ImmutableArray<object> values, CancellationToken cancellation)
    {
        await using var delete = connection.CreateCommand();
        delete.CommandText =
            $"""
            WITH owners AS (DELETE FROM {table} o WHERE {where} RETURNING o.Content),
            contents AS (DELETE FROM Content c USING owners WHERE c.Id = owners.Content RETURNING c.Length)
            SELECT coalesce(sum(Length), 0)::bigint FROM contents
            """;
        Add(delete, values);
        return (long)(await delete.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<long> Write(NpgsqlConnection connection, string hash, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        await using var head = new NpgsqlCommand("INSERT INTO Content (Hash, Length) VALUES ($1, $2) RETURNING Id", connection)
        {
            Parameters = { new() { Value = hash }, new() { Value = (long)bytes.Length } },
        };
        var content = (long)(await head.ExecuteScalarAsync(cancellation))!;
        for (var part = 0; part * (long)ChunkLength < bytes.Length; part++)
        {
            var chunk = bytes[(part * ChunkLength)..];
            await using var insert = new NpgsqlCommand("INSERT INTO ContentChunk (Content, Part, Bytes) VALUES ($1, $2, $3)", connection)
            {
                Parameters = { new() { Value = content }, new() { Value = part }, new() { Value = chunk[..Math.Min(ChunkLength, chunk.Length)] } },
            };
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        return content;
    }

    private static async Task Own(NpgsqlConnection connection, ContentOwner owner, long content, CancellationToken cancellation)
    {
        // If two writers put the same owner at once, the second waits for the first, and then replaces its content.
        await using var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", connection)
        {
            Parameters = { new() { Value = owner.Name } },
        };
        await turn.ExecuteNonQueryAsync(cancellation);
        await Delete(connection, owner.Table, owner.Where, owner.Values, cancellation);
        var columns = string.Join(", ", owner.Key.Select(key => key.Column));
        var places = string.Join(", ", owner.Key.Select((_, i) => $"${i + 1}"));
        await using var own = connection.CreateCommand();
        own.CommandText = $"INSERT INTO {owner.Table} ({columns}, Content) VALUES ({places}, ${owner.Key.Length + 1})";
        Add(own, [.. owner.Values, content]);
        await own.ExecuteNonQueryAsync(cancellation);
    }

    private static void Add(NpgsqlCommand command, ImmutableArray<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
    }

    private static BlobException Broken(ContentOwner owner, string why) => new($"{owner.Name} is broken: {why}.");
}
