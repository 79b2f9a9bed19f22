using System.Collections.Immutable;

namespace Siamese.Contracts.Training;

/// <summary>
/// The durable record of one trial: its lease and how it ended, shared by every sweep that holds it. Key: the trial's id.
/// </summary>
[Alias("siamese.ITrialGrain")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>
    /// Lets a sweep follow the trial and, where it has neither ended nor is held, grants a lease. A failed or cancelled
    /// trial is leased again to a sweep that did not see it fail. Called by the sweep.
    /// </summary>
    [Alias("Lease")]
    Task<LeaseAnswer> Lease(TrialSpec spec, string sweep, string silo, CancellationToken cancellation);

    /// <summary>
    /// How the trial stands, for a sweep that follows it from now on; nothing is leased. That it failed or was cancelled
    /// before this sweep came is not told. Called by the sweep when it begins, or goes on after its silo was lost.
    /// </summary>
    [Alias("Follow")]
    Task<LeaseAnswer> Follow(string sweep, CancellationToken cancellation);

    /// <summary>Renews the lease, with the last finished epoch if there is one. Called by the trainer.</summary>
    [Alias("Report")]
    Task<Directive> Report(long fence, EpochReport? epoch, CancellationToken cancellation);

    /// <summary>Ends the trial. False where the fence is stale and the result was refused. Called by the trainer.</summary>
    [Alias("Complete")]
    Task<bool> Complete(long fence, TrialResult result, CancellationToken cancellation);

    /// <summary>The sweep no longer wants the trial trained; where no other does, it is stopped. Called by the sweep.</summary>
    [Alias("Cancel")]
    Task Cancel(string sweep, CancellationToken cancellation);

    /// <summary>The sweep was removed; where no other follows the trial, it is forgotten.</summary>
    /// <returns>Blobs that nothing needs any more.</returns>
    [Alias("Forget")]
    Task<ImmutableArray<string>> Forget(string sweep, CancellationToken cancellation);
}
