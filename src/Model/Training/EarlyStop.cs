using Siamese.Contracts.Trials;

namespace Siamese.Model.Training;

/// <summary>Stops a trial before its last epoch if its validation EER has not improved for a while (Prechelt, "Early Stopping — But When?", 1998).</summary>
internal static class EarlyStop
{
    /// <param name="reports">The epochs so far.</param>
    /// <param name="patience">Epochs to wait for a lower validation EER; 0 never stops.</param>
    public static bool IsDue(IReadOnlyList<EpochReport> reports, int patience) => patience > 0 && reports.Count - Best(reports) >= patience;

    /// <summary>The epoch, from 1, with the lowest validation EER; the first one in a tie.</summary>
    public static int Best(IReadOnlyList<EpochReport> reports) => reports.MinBy(report => report.ValidationEer)!.Epoch;
}
