using System.Globalization;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Siamese.Silo.Storage;

/// <summary>
/// Grain storage in a store's table of states. A write is acknowledged when it is durable, and shares one disk flush with
/// the writes that came at the same time: see <see cref="GroupCommit{T}"/>.
/// </summary>
internal sealed class GrainStateStorage : IGrainStorage, IDisposable
{
    private readonly Serializer _serializer;
    private readonly IActivatorProvider _activators;
    private readonly IStateTable _table;
    private readonly GroupCommit<StateRow> _writes;

    /// <param name="table">The table of states; closed with the storage.</param>
    /// <param name="serializer">Serializes states: binary with numbered members, smaller than JSON, and a renamed type can still be read.</param>
    /// <param name="activators">Creates new states.</param>
    public GrainStateStorage(IStateTable table, Serializer serializer, IActivatorProvider activators)
    {
        (_table, _serializer, _activators) = (table, serializer, activators);
        _writes = new GroupCommit<StateRow>(_table.Commit);
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = await _table.Read(grainId.ToString(), stateName);
        grainState.ETag = found is { } row ? ETag(row.Version) : null;
        grainState.RecordExists = found?.Payload is not null;
        grainState.State = found?.Payload is { } payload ? _serializer.Deserialize<T>(payload) : New<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Serialized now, because the state may change while this waits.
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

    /// <remarks>The container calls it twice: the default storage is registered with and without its name.</remarks>
    public void Dispose()
    {
        _writes.Dispose();
        _table.Dispose();
    }

    /// <returns>The row's new version.</returns>
    private async Task<long> Swap(string stateName, GrainId grainId, string? etag, byte[]? payload)
    {
        var row = new StateRow(grainId.ToString(), stateName, payload, etag is null ? null : long.Parse(etag, CultureInfo.InvariantCulture));
        await _writes.Add(row);
        return row.IsWritten
            ? (row.Version ?? 0) + 1
            : throw new InconsistentStateException($"State {stateName} of {grainId} was written by another writer after it was read.", "unknown", etag);
    }

    private T New<T>() => _activators.GetActivator<T>().Create();

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
