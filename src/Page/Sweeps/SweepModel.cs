using Siamese.Contracts.Listing;
using Siamese.Contracts.Sweeps;
using Siamese.Page.Layout;
using Siamese.Plots.Drawing;

namespace Siamese.Page.Sweeps;

/// <summary>What the page of a sweep shows.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Progress">The state of the sweep.</param>
/// <param name="Filter">Which trials are shown.</param>
/// <param name="Trials">What it shows of its trials.</param>
/// <param name="After">What the address states to show this page of the table; null for the first.</param>
/// <param name="Varying">The columns in which its trials differ.</param>
/// <param name="Curves">Curves of the best trials and of those in training; null if no epoch has ended.</param>
/// <param name="Apart">Trials that did not go well.</param>
/// <param name="Actions">What the visitor can do with it now.</param>
public sealed record SweepModel(
    Visitor Visitor,
    SweepProgress Progress,
    TrialFilter Filter,
    TrialOverview Trials,
    string? After,
    IReadOnlyList<TrialColumn> Varying,
    Picture? Curves,
    IReadOnlyList<TrialsApart> Apart,
    IReadOnlyList<SweepAction> Actions)
{
    /// <summary>The address of the page, without a filter.</summary>
    public string Address => Visitor.SweepAt(Progress.Sweep);

    /// <summary>What the address states to show the next page of the table; null if there is none.</summary>
    public string? Next => Trials.Page.Next;

    /// <summary>Whether some trials are still being read, so that the page shows only a part of the others.</summary>
    public bool IsPartial => Trials.Known < Trials.Trials;

    /// <summary>Differs when other trials have ended, so that plots of them are drawn again.</summary>
    public string Version => FormattableString.Invariant($"{Progress.CursorEnd}/{Trials.Known}");

    /// <summary>The same for what takes seconds: it differs when a tenth more trials have ended, or the sweep has.</summary>
    public string SlowVersion => FormattableString.Invariant($"{(int)(Math.Log(Math.Max(1, Progress.EndedInAll)) / Math.Log(1.1))}/{IsOver}");

    /// <summary>Seconds after which the page is shown again by itself.</summary>
    public int Every => IsPartial ? 1 : IsOver ? 15 : 10;

    /// <summary>Whether nothing more happens by itself.</summary>
    public bool IsOver => Progress.Phase is SweepPhase.Completed or SweepPhase.Cancelled or SweepPhase.Rejected;

    /// <summary>The stream of what happens from now on; null if nothing does.</summary>
    public string? Events => IsOver ? null : FormattableString.Invariant($"{Visitor.Start}api/v1/sweeps/{Uri.EscapeDataString(Progress.Sweep)}/events?after={Progress.CursorEnd}");
}
