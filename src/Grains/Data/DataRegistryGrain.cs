using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Contracts.Data;
using Siamese.Contracts.KnownData;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Data;

/// <inheritdoc cref="IDataRegistryGrain"/>
/// <remarks>Because its calls run one at a time, no piece is removed for one data set while another that needs it is being entered.</remarks>
internal sealed partial class DataRegistryGrain(
    [PersistentState("data-registry")] IPersistentState<DataRegistryState> state, IBlobStore blobs, TimeProvider time, ILogger<DataRegistryGrain> logger)
    : Grain, IDataRegistryGrain
{
    private readonly ILogger _logger = logger;

    public async Task<ImmutableArray<string>> Enter(string manifest, CancellationToken cancellation)
    {
        var pieces = await PiecesOf(manifest, cancellation)
            ?? throw new BadInputException($"The manifest {manifest} is not in the store; upload the data set again.");
        var missing = await blobs.Refresh([manifest, .. pieces], cancellation);
        if (missing.IsEmpty)
        {
            // Entered again, it stays for another day.
            if (state.State.Sweeps.TryAdd(manifest, []) || state.State.Sweeps[manifest].Count == 0)
                state.State.Since[(manifest, null)] = time.GetUtcNow();
            await this.Save(state, cancellation);
        }

        return missing;
    }

    public async Task Follow(string manifest, string sweep, CancellationToken cancellation)
    {
        // Refreshed, because a collector may already have read that nothing uses them.
        var missing = await PiecesOf(manifest, cancellation) is { } pieces ? await blobs.Refresh([manifest, .. pieces], cancellation) : [manifest];
        var isKnown = state.State.Sweeps.TryGetValue(manifest, out var sweeps);
        if (missing.Contains(manifest) || (!isKnown && !missing.IsEmpty))
            throw new BadInputException($"The data set of sweep '{sweep}' is no longer in the store; submit it again with 'data'.");
        if (!isKnown)
            state.State.Sweeps[manifest] = sweeps = [];
        sweeps!.Add(sweep);
        state.State.Since.Remove((manifest, null));
        state.State.Since[(manifest, sweep)] = time.GetUtcNow();
        await this.Save(state, cancellation);
    }

    public async Task<long> Forget(string manifest, string sweep, CancellationToken cancellation) =>
        state.State.Sweeps.TryGetValue(manifest, out var sweeps) && sweeps.Contains(sweep) ? await End(manifest, sweep, cancellation) : 0;

    public async Task<long> Expire(ImmutableHashSet<string> sweeps, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var freed = 0L;
        foreach (var (manifest, sweep) in state.State.Expired(sweeps, now).ToArray())
            freed += await End(manifest, sweep, cancellation);
        var undated = state.State.Undated(sweeps).ToArray();
        foreach (var use in undated)
            state.State.Since[use] = now;
        if (undated.Length > 0)
            await this.Save(state, cancellation);
        return freed;
    }

    public Task<ImmutableArray<UnusedUpload>> Unused(CancellationToken cancellation) => Task.FromResult<ImmutableArray<UnusedUpload>>(
        [.. state.State.Sweeps.Where(data => data.Value.Count == 0).Select(data => new UnusedUpload(data.Key, state.State.Since.TryGetValue((data.Key, null), out var since) ? since : null))]);

    /// <summary>Ends a use of a data set, and removes the data set if it was the last.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="sweep">Whose use; null if nobody used it.</param>
    /// <param name="cancellation">Ends the call.</param>
    private async Task<long> End(string manifest, string? sweep, CancellationToken cancellation)
    {
        var sweeps = state.State.Sweeps[manifest];
        var isLast = sweeps.All(other => other == sweep);
        // Delete the blobs first: if this is interrupted, a repeated call still finds the rest registered.
        var freed = isLast ? await Free(manifest, cancellation) : 0;
        sweeps.RemoveWhere(other => other == sweep);
        state.State.Since.Remove((manifest, sweep));
        if (isLast)
            state.State.Sweeps.Remove(manifest);
        await this.Save(state, cancellation);
        return freed;
    }

    private async Task<long> Free(string manifest, CancellationToken cancellation)
    {
        var pieces = await PiecesOf(manifest, cancellation) ?? [];
        foreach (var other in state.State.Sweeps.Keys.Where(other => other != manifest))
        {
            if (await PiecesOf(other, cancellation) is { } held)
            {
                pieces.ExceptWith(held);
                continue;
            }

            // Any piece may belong to that data set: keep them all.
            LogKept(manifest, other);
            pieces.Clear();
        }

        long freed = 0;
        foreach (var piece in pieces)
            freed += await blobs.Delete(piece, cancellation);
        // The manifest last, because it lists the pieces.
        return freed + await blobs.Delete(manifest, cancellation);
    }

    /// <summary>Null if the manifest is missing or broken.</summary>
    private async Task<HashSet<string>?> PiecesOf(string manifest, CancellationToken cancellation)
    {
        try
        {
            return [.. DataManifest.Read(await blobs.Get(manifest, cancellation)).Pieces.Select(piece => piece.Sha256)];
        }
        catch (Exception e) when (e is BlobException or InvalidDataException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The pieces of data set {Manifest} stay in the store: the manifest of {Other} is missing or broken, and they may belong to that data set.")]
    private partial void LogKept(string manifest, string other);
}
