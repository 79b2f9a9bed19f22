using System.Globalization;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Siamese.Silo.Storage;

/// <summary>
/// Grain storage in the store's SQLite file. A write is acknowledged when it is durable, and shares the disk's
/// confirmation with those that came at the same time: see <see cref="GroupCommit{T}"/>.
/// </summary>
internal sealed class SqliteGrainStorage : IGrainStorage, IDisposable
{
    private readonly Serializer _serializer;
    private readonly IActivatorProvider _activators;
    private readonly StateTable _table;
    private readonly Lock _reading = new();
    private readonly GroupCommit<StateRow> _writes;

    public SqliteGrainStorage(string connectionString, Serializer serializer, IActivatorProvider activators)
    {
        (_serializer, _activators) = (serializer, activators);
        _table = new StateTable(connectionString);
        _writes = new GroupCommit<StateRow>(_table.Commit);
    }

    /// <remarks>At once: a row by its key is there within some 10 µs, which is less than handing it to another thread costs.</remarks>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        (byte[]? Payload, long Version)? found;
        lock (_reading)
            found = _table.Read(grainId.ToString(), stateName);
        grainState.ETag = found is { } row ? ETag(row.Version) : null;
        grainState.RecordExists = found?.Payload is not null;
        grainState.State = found?.Payload is { } payload ? _serializer.Deserialize<T>(payload) : New<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Written as it is now, whatever becomes of it while this waits.
        var version = await Swap(stateName, grainId, grainState.ETag, _serializer.SerializeToArray(grainState.State));
        grainState.ETag = ETag(version);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
            grainState.ETag = ETag(await Swap(stateName, grainId, grainState.ETag, payload: null));
        grainState.RecordExists = false;
        grainState.State = New<T>();
    }

    /// <remarks>The container calls it twice: the default storage is registered with its name and without.</remarks>
    public void Dispose()
    {
        _writes.Dispose();
        lock (_reading)
            _table.Dispose();
    }

    /// <returns>The row's new version.</returns>
    private async Task<long> Swap(string stateName, GrainId grainId, string? etag, byte[]? payload)
    {
        var row = new StateRow(grainId.ToString(), stateName, payload, etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture));
        await _writes.Add(row);
        return row.IsWritten
            ? (row.Version ?? 0) + 1
            : throw new InconsistentStateException($"State {stateName} of {grainId} was written by another since it was read.", "unknown", etag);
    }

    private T New<T>() => _activators.GetActivator<T>().Create();

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
