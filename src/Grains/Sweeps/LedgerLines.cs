using Siamese.Contracts.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// Reads a sweep's ledger. A trial that was let run again after it had ended has a line more that says so, and one more
/// when it ends again.
/// </summary>
internal static class LedgerLines
{
    /// <summary>Number of trials that have ended.</summary>
    public static int Ended(IEnumerable<EndedTrial> ledger) => ledger.Sum(line => line.Status is TrialStatus.Waiting ? -1 : 1);

    /// <summary>The last line of each trial that has ended, by its ordinal.</summary>
    public static Dictionary<int, EndedTrial> Ends(IEnumerable<EndedTrial> ledger)
    {
        var ends = new Dictionary<int, EndedTrial>();
        foreach (var line in ledger)
        {
            if (line.Status is TrialStatus.Waiting)
                ends.Remove(line.Ordinal);
            else
                ends[line.Ordinal] = line;
        }

        return ends;
    }

    /// <summary>Number of trials that were let run again and have not ended yet.</summary>
    public static int Reopened(IReadOnlyCollection<EndedTrial> ledger) =>
        ledger.Where(line => line.Status is TrialStatus.Waiting).Select(line => line.Ordinal).Distinct().Except(Ends(ledger).Keys).Count();
}
