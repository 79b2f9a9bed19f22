using Siamese.Contracts.Clusters;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Wording;

namespace Siamese.Page.Wording;

/// <summary>Says how a sweep is doing.</summary>
internal static class SweepWords
{
    /// <summary>Why it does not go on, or ended before all was trained; null if there is nothing to say.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="trouble">Why the store cannot be used; null if it can.</param>
    public static string? Standstill(SweepProgress sweep, StoreTrouble? trouble = null) => sweep switch
    {
        { Problem: { } problem } => problem,
        { Phase: SweepPhase.Preparing or SweepPhase.Running or SweepPhase.Forming } when trouble is not null => $"It waits for the store{(sweep.Running.IsEmpty ? "" : $", but {Figures.Of(sweep.Running.Length, "trial")} in training {(sweep.Running.Length == 1 ? "continues" : "continue")}")}.",
        { Phase: SweepPhase.Prepared } => $"It waits for confirmation: run `client watch {sweep.Sweep}`.",
        { Phase: SweepPhase.Running, Waiting: > 0, WaitingFor: { } reason } => $"{Figures.Of(sweep.Waiting, "trial")} waiting {reason}.",
        { Stopped: { } stopped } => stopped,
        _ => null,
    };

    /// <summary>What a prepared sweep will do, in a sentence; null for others.</summary>
    public static string? Plan(SweepProgress sweep) => sweep is { Phase: SweepPhase.Prepared, Plan: { } plan }
        ? $"The plan: {Figures.Of(plan.Trials, "trial")} on {plan.DataName}, about {Figures.Duration(plan.CoreSeconds)} of training on one core{(sweep.Slots > 1 ? $", {Figures.Duration(plan.CoreSeconds / sweep.Slots)} on {Figures.Of(sweep.Slots, "slot")}" : "")}."
        : null;

    /// <summary>What it does now, while it has work to do; null if it has none.</summary>
    public static string? Doing(SweepProgress sweep) => sweep.Phase switch
    {
        SweepPhase.Preparing when sweep.Reading is { } images => $"reading the data, {Figures.Count(images.Read)} of {Figures.Count(images.All)} images",
        SweepPhase.Preparing => "reading the data",
        SweepPhase.Running when sweep.Features is { } features => $"computing features, {Figures.Count(features.Read)} of {Figures.Count(features.All)} images",
        SweepPhase.Running => $"{Figures.Of(sweep.Running.Length, "trial")} in training",
        SweepPhase.Forming => "forming the ensemble",
        _ => null,
    };

    /// <summary>Its best EER, and on which pairs; null if there is none yet.</summary>
    public static (double Eer, string On)? Best(SweepProgress sweep) => sweep switch
    {
        { Result: { } result } => (result.Test.Eer, "on test pairs"),
        { Newest: { } newest } => (newest.ValidationEer, "on validation pairs, so far"),
        _ => null,
    };

    /// <summary>Seconds until its trials have ended, from their pace and the plan's estimate; null if nobody knows.</summary>
    public static double? SecondsLeft(SweepProgress sweep)
    {
        if (sweep is not { Phase: SweepPhase.Running, Plan: { Trials: > 0 } plan, Slots: > 0 })
            return null;
        var usual = plan.CoreSeconds / plan.Trials;
        double[] running = [.. sweep.Running.Select(trial => trial.SecondsLeft ?? usual)];
        var open = running.Length + sweep.Waiting;
        return open == 0 ? null : Math.Max(running.DefaultIfEmpty().Max(), (running.Sum() + sweep.Waiting * usual) / Math.Min(sweep.Slots, open));
    }
}
