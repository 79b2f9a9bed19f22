using Siamese.Contracts.Trials;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>
/// A line of the sweep's ledger: a trial that ended, as this sweep saw it; or, with the status *waiting*, a trial that was
/// reopened to run again. Lines are only ever appended, so a reader can continue from its last position.
/// </summary>
/// <param name="Ordinal">The trial's place in the sweep's expansion.</param>
/// <param name="Status">How the trial ended.</param>
/// <param name="Reused">Whether the trial was trained for another sweep.</param>
/// <param name="Reason">Why it failed, is unusable, was cancelled or was pruned.</param>
/// <param name="Epoch">The last epoch of a pruned trial; otherwise null.</param>
/// <param name="EndsAfter">The epoch after which the trial was finished early; null if it was not.</param>
/// <param name="Figures">Figures of its result, so that lists need not ask each trial for it; null if there was none, and in lines of earlier builds.</param>
[GenerateSerializer, Immutable, Alias("siamese.EndedTrial")]
internal sealed record EndedTrial(int Ordinal, TrialStatus Status, bool Reused, string? Reason, EpochReport? Epoch = null, int? EndsAfter = null, TrialFigures? Figures = null);
