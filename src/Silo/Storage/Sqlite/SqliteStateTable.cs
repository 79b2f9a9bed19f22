using System.Globalization;
using Microsoft.Data.Sqlite;
using Siamese.Contracts;

namespace Siamese.Silo.Storage.Sqlite;

/// <summary>
/// The table of grain states in a SQLite file, through one connection that writes and one that reads, with statements
/// compiled once.
/// </summary>
/// <remarks>
/// A group of writes is one transaction under full synchronisation. With a write-ahead log, SQLite shows a commit to
/// readers, in this process and in others, only after it is on the disk: whatever is read is durable.
/// </remarks>
/// <param name="connectionString">Names the file.</param>
/// <param name="health">Learns of successes and failures.</param>
internal sealed class SqliteStateTable(string connectionString, StoreHealth health) : IStateTable
{
    /// <summary>Result codes that are about one row: SQLITE_TOOBIG, CONSTRAINT, MISMATCH and RANGE.</summary>
    private static readonly int[] _ofRow = [18, 19, 20, 25];

    private const int Full = 13; // SQLITE_FULL
    private const int NoSpaceForIndex = 4874; // SQLITE_IOERR_SHMSIZE, of the log's index

    private readonly Lock _reading = new();
    private SqliteConnection? _reader;
    private SqliteConnection? _writer;
    private SqliteCommand _select = null!;
    private SqliteCommand _begin = null!;
    private SqliteCommand _insert = null!;
    private SqliteCommand _update = null!;
    private SqliteCommand _commit = null!;

    /// <remarks>Synchronous: reading a row by its key takes about 10 µs, less than handing it to another thread.</remarks>
    public ValueTask<(byte[]? Payload, long Version)?> Read(string grain, string name)
    {
        lock (_reading)
        {
            try
            {
                if (_reader is null)
                    OpenReader();
                Bind(_select, grain, name);
                using var row = _select.ExecuteReader();
                return new(row.Read() ? (row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), row.GetInt64(1)) : null);
            }
            catch (SqliteException e)
            {
                _reader?.Dispose();
                _reader = null;
                throw Explained(e, isWrite: false);
            }
        }
    }

    public void Commit(IReadOnlyList<StateRow> rows, CancellationToken closing)
    {
        try
        {
            if (_writer is null)
                OpenWriter();
            _begin.ExecuteNonQuery();
            foreach (var row in rows)
                row.IsWritten = Swap(row) == 1;
            _commit.ExecuteNonQuery();
            health.WasWritten();
        }
        catch (Exception e)
        {
            // Closing the connection rolls back; the next group opens a new one.
            _writer?.Dispose();
            _writer = null;
            if (e is SqliteException known)
                throw Explained(known, isWrite: true);
            throw;
        }
    }

    public void Dispose()
    {
        lock (_reading)
            _reader?.Dispose();
        _writer?.Dispose();
    }

    /// <summary>The driver's exceptions would not survive the way to a client, which does not have the driver.</summary>
    private Exception Explained(SqliteException e, bool isWrite)
    {
        var path = new SqliteConnectionStringBuilder(connectionString).DataSource;
        if (_ofRow.Contains(e.SqliteErrorCode))
            return new InvalidDataException($"The store {path} refuses a value: {e.Message}");
        var isFull = e is { SqliteErrorCode: Full } or { SqliteExtendedErrorCode: NoSpaceForIndex };
        var problem = isFull ? StoreUnavailableException.Full(path) : new StoreUnavailableException($"The store {path} cannot be used: {e.Message}");
        if (isWrite)
            health.WasNotWritten(problem.Message);
        else
            health.IsUnreachable(problem.Message);
        return problem;
    }

    private void OpenReader()
    {
        // Readers wait only for a store that is being repaired, and a grain's thread must not wait for long.
        _reader = Connect(TimeSpan.FromSeconds(2));
        _select = Command(_reader, "SELECT Payload, Version FROM GrainState WHERE Grain = $grain AND Name = $name", "$grain", "$name");
    }

    private void OpenWriter()
    {
        _writer = Connect(TimeSpan.FromSeconds(30));
        _begin = Command(_writer, "BEGIN IMMEDIATE");
        _commit = Command(_writer, "COMMIT");
        _insert = Command(
            _writer, "INSERT INTO GrainState (Payload, Grain, Name, Version) VALUES ($payload, $grain, $name, 1) ON CONFLICT DO NOTHING",
            "$payload", "$grain", "$name");
        _update = Command(
            _writer, "UPDATE GrainState SET Payload = $payload, Version = Version + 1 WHERE Grain = $grain AND Name = $name AND Version = $version",
            "$payload", "$grain", "$name", "$version");
    }

    private int Swap(StateRow row)
    {
        if (row.Version is not { } version)
            return Bind(_insert, row.Payload, row.Grain, row.Name).ExecuteNonQuery();
        return Bind(_update, row.Payload, row.Grain, row.Name, version).ExecuteNonQuery();
    }

    private SqliteConnection Connect(TimeSpan patience)
    {
        // Not pooled: what is set here must not affect other users' connections.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        try
        {
            connection.Open();
            // Only one of several silos writes at a time. SQLite's own wait retries after 1, 2, 5, 10 ms; the driver's after 150.
            Command(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA synchronous = FULL; PRAGMA busy_timeout = {patience.TotalMilliseconds:0}"))
                .ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, params string[] parameters)
    {
        var command = connection.CreateCommand();
        // Runs only the literals above, and a number.
        command.CommandText = text;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static SqliteCommand Bind(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
