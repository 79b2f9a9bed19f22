using Siamese.Contracts.Listing;
using Siamese.Contracts.Trials;

namespace Siamese.Page.Sweeps;

/// <summary>Trials of a sweep that did not go well, or not to their end.</summary>
/// <param name="Status">How they ended.</param>
/// <param name="Meaning">What that means, and what to do.</param>
/// <param name="Trials">Some of them.</param>
/// <param name="Count">Number of all.</param>
public sealed record TrialsApart(TrialStatus Status, string Meaning, IReadOnlyList<TrialReport> Trials, int Count)
{
    private static readonly (TrialStatus Status, string Meaning)[] _kinds =
    [
        (TrialStatus.Failed, "An exception ended them. After its cause is gone, retry trains them again from their last checkpoints."),
        (TrialStatus.Poisonous, "Their silo died while it trained them, twice at the same place. Look at its log and its memory; retry trains them again."),
        (TrialStatus.Unusable, "They collapsed, diverged or were no better than chance, so they are never members of the ensemble."),
        (TrialStatus.Pruned, "They fell behind the others and are paused. They keep their checkpoints, and resume if they become one of the best."),
        (TrialStatus.Cancelled, "They were stopped by hand."),
    ];

    /// <summary>Every kind of which there are trials.</summary>
    public static IReadOnlyList<TrialsApart> Of(TrialOverview trials)
    {
        var byStatus = trials.Apart.ToLookup(trial => trial.Status);
        return [.. _kinds.Where(kind => trials.Counts.ContainsKey(kind.Status)).Select(kind => new TrialsApart(kind.Status, kind.Meaning, [.. byStatus[kind.Status]], trials.Counts[kind.Status]))];
    }

    /// <summary>Why a trial is among them, and what to try.</summary>
    public static IEnumerable<string> Reasons(TrialReport trial) =>
        new[] { trial.Why ?? trial.Result?.Reason }.OfType<string>().Concat(trial.Result?.Findings.Select(finding => finding.ToString()) ?? []).Distinct();
}
