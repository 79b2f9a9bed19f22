using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Serialization;
using Orleans.Storage;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>The stored state of all silos of a test cluster. It outlives the silos, and a test can make writes fail.</summary>
internal sealed class Stored
{
    public ConcurrentDictionary<string, (byte[]? Bytes, int Version)> Rows { get; } = [];

    /// <summary>Called before each write with the name of the state and the grain's id; true makes the write fail.</summary>
    public Func<string, GrainId, bool> FailsToWrite { get; set; } = (_, _) => false;

    /// <summary>Number of writes that were made to fail.</summary>
    public int Failures { get; set; }

    /// <summary>The states that were read, as `name/grain`, in order.</summary>
    public ConcurrentQueue<string> Reads { get; } = [];

    /// <summary>Awaited before each write, with the name of the state and the grain's id.</summary>
    public Func<string, GrainId, Task> BeforeWrite { get; set; } = (_, _) => Task.CompletedTask;
}

/// <summary>Grain storage with compare-and-swap, like a database.</summary>
internal sealed class SharedStorage(Stored stored, Serializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        stored.Reads.Enqueue($"{stateName}/{grainId}");
        var isThere = stored.Rows.TryGetValue($"{stateName}/{grainId}", out var row);
        grainState.ETag = isThere ? Text(row.Version) : null;
        grainState.RecordExists = row.Bytes is not null;
        grainState.State = row.Bytes is { } bytes ? serializer.Deserialize<T>(bytes) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var bytes = serializer.SerializeToArray(grainState.State);
        await stored.BeforeWrite(stateName, grainId);
        Swap(stateName, grainId, grainState, bytes);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Swap(stateName, grainId, grainState, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private void Swap<T>(string stateName, GrainId grainId, IGrainState<T> grainState, byte[]? bytes)
    {
        if (stored.FailsToWrite(stateName, grainId))
        {
            stored.Failures++;
            throw new IOException("The disk is full.");
        }

        lock (stored)
        {
            var key = $"{stateName}/{grainId}";
            var version = stored.Rows.TryGetValue(key, out var row) ? row.Version : 0;
            if ((version == 0 ? null : Text(version)) != grainState.ETag)
                throw new InconsistentStateException($"{key} was written meanwhile.");
            stored.Rows[key] = (bytes, version + 1);
            grainState.ETag = Text(version + 1);
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
}
