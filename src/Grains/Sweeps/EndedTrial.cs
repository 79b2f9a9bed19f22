using Siamese.Contracts.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// A line of the sweep's ledger: a trial that ended, as this sweep saw it end; or, with the status *waiting*, one that was
/// let run again. Lines are only ever appended, so that whoever has read some of them goes on where it was.
/// </summary>
/// <param name="Ordinal">Its place in the sweep's expansion.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reused">Whether another sweep had it trained.</param>
/// <param name="Reason">Why it failed, is unusable, was cancelled or was pruned.</param>
/// <param name="Epoch">The last epoch of one that was pruned; else null.</param>
[GenerateSerializer, Immutable, Alias("siamese.EndedTrial")]
internal sealed record EndedTrial(int Ordinal, TrialStatus Status, bool Reused, string? Reason, EpochReport? Epoch = null);
