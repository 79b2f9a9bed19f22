using System.Collections.Immutable;

namespace Siamese.Grains.Storage;

/// <summary>A store whose whole content can be verified, and from which what nothing needs can be removed.</summary>
public interface IMaintained
{
    /// <summary>Reads everything and compares it with its hash. Skips what is deleted meanwhile.</summary>
    IAsyncEnumerable<StoredContent> Verify(CancellationToken cancellation);

    /// <summary>Finds what nobody wrote or refreshed for some time: the names of blobs, or the ids of trials with such checkpoints.</summary>
    Task<ImmutableArray<string>> UnusedFor(TimeSpan time, CancellationToken cancellation);

    /// <summary>Deletes one of those, unless somebody wrote or refreshed it since.</summary>
    /// <param name="name">The name of a blob, or the id of a trial whose checkpoints are deleted.</param>
    /// <param name="time">What was used more recently stays.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Bytes freed.</returns>
    Task<long> Collect(string name, TimeSpan time, CancellationToken cancellation);

    /// <summary>Deletes what interrupted writes left behind for at least some time, and returns the bytes freed.</summary>
    Task<long> CollectUnfinished(TimeSpan time, CancellationToken cancellation);
}
