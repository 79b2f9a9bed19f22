using Orleans.Serialization;
using Siamese.Grains.Storage;

namespace Siamese.Silo.Storage;

/// <summary>Removes blobs and checkpoints that no state needs and nobody used for a day.</summary>
/// <remarks>
/// Writers store a blob first and then note it in a state, within a day; whoever relies on a blob that is already there
/// refreshes it. So what was unused for a day before the states are read, and appears in none of them, is needed by nobody.
/// </remarks>
/// <param name="store">The store, migrated; silos may be running.</param>
/// <param name="needs">Reads its states.</param>
internal sealed class StoreCollector(IStore store, StoreNeeds needs)
{
    public static StoreCollector Of(IStore store, Serializer serializer, TimeProvider time) => new(store, new StoreNeeds(store, serializer, time));

    /// <summary>What was removed.</summary>
    /// <param name="Blobs">Number of blobs.</param>
    /// <param name="Trials">Number of trials whose checkpoints were removed.</param>
    /// <param name="Bytes">Bytes freed, including those of unfinished writes.</param>
    /// <param name="Obstacle">Why nothing could be removed; else null.</param>
    public sealed record Collected(int Blobs, int Trials, long Bytes, string? Obstacle);

    /// <param name="settle">Is called with what the states need, before anything is removed, to end what has expired; null if silos do that.</param>
    /// <param name="cancellation">Ends the call; what was removed stays removed.</param>
    public async Task<Collected> Run(Func<StoreNeeds.Found, Task>? settle, CancellationToken cancellation)
    {
        if (store.Contents.Owner?.Claim() is { } shared)
            return new Collected(0, 0, 0, shared);
        var (blobs, checkpoints) = (store.Contents.AllBlobs, store.Contents.AllCheckpoints);
        var unusedBlobs = await blobs.UnusedFor(Unused.Grace, cancellation);
        var unusedTrials = await checkpoints.UnusedFor(Unused.Grace, cancellation);
        var found = await needs.Read(cancellation);
        if (settle is not null)
            await settle(found);
        if (Obstacle(found) is { } obstacle)
            return new Collected(0, 0, 0, obstacle);
        var needed = found.Blobs.Select(need => need.Blob).ToHashSet();
        var (ofBlobs, removedBlobs) = await Collect(blobs, unusedBlobs.Where(blob => !needed.Contains(blob)), cancellation);
        var (ofTrials, removedTrials) = await Collect(checkpoints, unusedTrials.Where(trial => !found.Unfinished.Contains(trial)), cancellation);
        var ofUnfinished = await blobs.CollectUnfinished(Unused.Grace, cancellation) + await checkpoints.CollectUnfinished(Unused.Grace, cancellation);
        return new Collected(removedBlobs, removedTrials, ofBlobs + ofTrials + ofUnfinished, null);
    }

    private static string? Obstacle(StoreNeeds.Found found) =>
        found.Unreadable is [var state, ..] ? state
        : found.Unlisted is [var user, ..] ? $"The list of an uploaded data set of {user} is missing or broken, so nobody knows its pieces; upload it again, or remove that sweep."
        : null;

    private static async Task<(long Bytes, int Count)> Collect(IMaintained contents, IEnumerable<string> names, CancellationToken cancellation)
    {
        var (bytes, count) = (0L, 0);
        foreach (var name in names)
        {
            var freed = await contents.Collect(name, Unused.Grace, cancellation);
            bytes += freed;
            count += freed > 0 ? 1 : 0;
        }

        return (bytes, count);
    }
}
