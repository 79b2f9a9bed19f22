using Siamese.Contracts.Trials;

namespace Siamese.Grains.Sweeps.Ledger;

/// <summary>
/// Reads a sweep's ledger. Reopening a trial that had ended adds a line with the status *waiting*; when the trial ends
/// again, another line follows.
/// </summary>
internal static class LedgerLines
{
    /// <summary>Number of trials that have ended.</summary>
    public static int Ended(IEnumerable<EndedTrial> ledger) => ledger.Sum(line => line.Status is TrialStatus.Waiting ? -1 : 1);

    /// <summary>For each trial that has ended, by ordinal, the place of its last line.</summary>
    public static Dictionary<int, int> LastLines(IEnumerable<EndedTrial> ledger)
    {
        var lines = new Dictionary<int, int>();
        foreach (var (at, line) in ledger.Index())
        {
            if (line.Status is TrialStatus.Waiting)
                lines.Remove(line.Ordinal);
            else
                lines[line.Ordinal] = at;
        }

        return lines;
    }

    /// <summary>The last line of each trial that has ended, keyed by ordinal.</summary>
    public static Dictionary<int, EndedTrial> Ends(IEnumerable<EndedTrial> ledger)
    {
        EndedTrial[] lines = [.. ledger];
        return LastLines(lines).ToDictionary(last => last.Key, last => lines[last.Value]);
    }

    /// <summary>Number of trials that were reopened and have not ended again yet.</summary>
    public static int Reopened(IReadOnlyCollection<EndedTrial> ledger) =>
        ledger.Where(line => line.Status is TrialStatus.Waiting).Select(line => line.Ordinal).Distinct().Except(Ends(ledger).Keys).Count();
}
