using System.Collections.Immutable;
using System.Globalization;
using Npgsql;
using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage.Postgres;

/// <summary>Checkpoints in PostgreSQL.</summary>
/// <param name="source">Source of the connections.</param>
/// <param name="outage">Bridges the server's absences.</param>
internal sealed class PostgresCheckpointStore(NpgsqlDataSource source, Outage outage) : ICheckpointStore, IMaintained
{
    private readonly PostgresContents _contents = new(source, outage);

    public Task Put(string trial, Checkpoint checkpoint, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        _contents.Put(Owner(trial, checkpoint), checkpoint.Hash, bytes, cancellation);

    public async Task<byte[]> Get(string trial, Checkpoint checkpoint, CancellationToken cancellation)
    {
        var owner = Owner(trial, checkpoint);
        return await _contents.Get(owner, checkpoint.Hash, cancellation) ?? throw new BlobException($"{owner.Name} is not in the database.");
    }

    public Task<long> Delete(string trial, long upToFence, Checkpoint? except, CancellationToken cancellation) => except is null
        ? _contents.Delete("Checkpoint", "o.Trial = $1 AND o.Fence <= $2", [TrialName.Check(trial), upToFence], cancellation)
        : _contents.Delete(
            "Checkpoint",
            "o.Trial = $1 AND o.Fence <= $2 AND (o.Fence, o.Epoch, o.Batch) <> ($3, $4, $5)",
            [TrialName.Check(trial), upToFence, except.Fence, except.Epoch, except.Batch],
            cancellation);

    public IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation) => _contents.Verify(
        "SELECT k.Trial, k.Fence, k.Epoch, k.Batch, c.Hash FROM Checkpoint k JOIN Content c ON c.Id = k.Content ORDER BY 1, 2, 3, 4",
        row => (Owner(row.GetString(0), new Checkpoint(row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), Seconds: 0)), row.GetString(4)),
        cancellation);

    public Task<ImmutableArray<string>> UnusedFor(TimeSpan time, CancellationToken cancellation) =>
        _contents.Names("SELECT DISTINCT Trial FROM Checkpoint WHERE Used < now() - $1", time, cancellation);

    public Task<long> Collect(string name, TimeSpan time, CancellationToken cancellation) =>
        _contents.Delete("Checkpoint", "o.Trial = $1 AND o.Used < now() - $2", [TrialName.Check(name), time], cancellation);

    /// <summary>Nothing: an interrupted transaction leaves nothing behind.</summary>
    public Task<long> CollectUnfinished(TimeSpan time, CancellationToken cancellation) => Task.FromResult(0L);

    private static ContentOwner Owner(string trial, Checkpoint at) => new(
        string.Create(CultureInfo.InvariantCulture, $"Checkpoint {trial}/{at.Fence}/{at.Epoch}-{at.Batch}"),
        "Checkpoint",
        [("Trial", TrialName.Check(trial)), ("Fence", at.Fence), ("Epoch", at.Epoch), ("Batch", at.Batch)]);
}
