using Npgsql;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>The table of grain states in PostgreSQL. A group of writes is one transaction in one round trip.</summary>
/// <param name="source">Source of the connections.</param>
/// <param name="outage">Bridges the server's absences.</param>
internal sealed class PostgresStateTable(NpgsqlDataSource source, Outage outage) : IStateTable
{
    public async ValueTask<(byte[]? Payload, long Version)?> Read(string grain, string name) => await outage.Await(
        async () =>
        {
            await using var select = source.CreateCommand("SELECT Payload, Version FROM GrainState WHERE Grain = $1 AND Name = $2");
            select.Parameters.Add(new() { Value = grain });
            select.Parameters.Add(new() { Value = name });
            await using var row = await select.ExecuteReaderAsync();
            return await row.ReadAsync() ? (row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), row.GetInt64(1)) : ((byte[]?, long)?)null;
        },
        CancellationToken.None);

    public void Commit(IReadOnlyList<StateRow> rows, CancellationToken closing)
    {
        // All silos use the same order, so that two groups never wait for each other's rows.
        StateRow[] inOrder = [.. rows.OrderBy(row => row.Grain, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal)];
        // Repeated if the first attempt was cut off: then its own writes look like a lost race, and the writers read again.
        outage.Await(() => Swap(inOrder), closing);
    }

    public void Dispose() { }

    private void Swap(StateRow[] rows)
    {
        using var connection = source.OpenConnection();
        // All of them or none: a batch outside a transaction is a transaction itself.
        using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
            batch.BatchCommands.Add(Command(row));
        batch.ExecuteNonQuery();
        for (var i = 0; i < rows.Length; i++)
            rows[i].IsWritten = batch.BatchCommands[i].RecordsAffected == 1;
    }

    private static NpgsqlBatchCommand Command(StateRow row)
    {
        var command = new NpgsqlBatchCommand(row.Version is null
            ? "INSERT INTO GrainState (Payload, Grain, Name, Version) VALUES ($1, $2, $3, 1) ON CONFLICT DO NOTHING"
            : "UPDATE GrainState SET Payload = $1, Version = Version + 1 WHERE Grain = $2 AND Name = $3 AND Version = $4");
        command.Parameters.Add(new() { Value = row.Payload ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = row.Grain });
        command.Parameters.Add(new() { Value = row.Name });
        if (row.Version is { } version)
            command.Parameters.Add(new() { Value = version });
        return command;
    }
}
