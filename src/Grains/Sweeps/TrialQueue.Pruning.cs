using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps.Ledger;

namespace Siamese.Grains.Sweeps;

/// <summary>Which trials of a sweep are paused because they fell behind, and which of those resume.</summary>
internal sealed partial class TrialQueue
{
    /// <summary>Validation EERs by epoch of each trial, as far as they are known.</summary>
    private readonly Dictionary<int, ImmutableArray<double>> _curves = LedgerLines.Ends(ledger)
        .Where(end => end.Value.Epoch is not null)
        .ToDictionary(end => end.Key, end => end.Value.Epoch!.Curve);

    private bool IsIdle => _waiting.Count == 0 && Count == Expected;

    /// <summary>Why a trial that has just finished an epoch should be paused; null if it continues.</summary>
    public string? Judge(int ordinal) =>
        pruner is not null && _running.GetValueOrDefault(ordinal)?.Epoch is { } last && last.Epoch < last.Epochs && _curves.TryGetValue(ordinal, out var curve) && pruner.DecidesAfter(curve.Length) == curve.Length
            ? Judge(ordinal, curve.Length)
            : null;

    /// <summary>Marks a trial as paused. Call it after the trial's grain has been notified.</summary>
    public void Pause(int ordinal, string why)
    {
        if (_running.Remove(ordinal, out var lease))
            Add(new EndedTrial(ordinal, TrialStatus.Pruned, Reused: false, why, lease.Epoch));
    }

    /// <summary>
    /// Resumes one paused trial that would not be paused now, the furthest trained first: it waits for a slot again. If there
    /// is nothing else to train and no trial has completed, one resumes anyway. False if no trial resumes.
    /// </summary>
    public bool Promote()
    {
        if (pruner is null)
            return false;
        var paused = Ends
            .Where(line => line.Status is TrialStatus.Pruned && _curves.ContainsKey(line.Ordinal))
            .Select(line => (line.Ordinal, Epoch: pruner.DecidesAfter(_curves[line.Ordinal].Length)))
            .Where(trial => trial.Epoch > 0)
            // Among the trials paused at the same epoch, only the best can be good enough.
            .GroupBy(trial => trial.Epoch, (epoch, trials) => trials.MinBy(trial => pruner.ValueOf(_curves[trial.Ordinal], epoch)))
            .OrderByDescending(trial => trial.Epoch);
        var isLast = IsIdle && _running.Count == 0 && !_ledger.Any(line => line.Status is TrialStatus.Completed);
        int[] next = [.. paused.Where(trial => isLast || Judge(trial.Ordinal, trial.Epoch) is null).Select(trial => trial.Ordinal).Take(1)];
        Reopen(next);
        return next.Length > 0;
    }

    private string? Judge(int ordinal, int epoch) => pruner!.Judge(
        epoch,
        pruner.ValueOf(_curves[ordinal], epoch),
        [.. _curves.Where(other => other.Key != ordinal && other.Value.Length >= epoch).Select(other => pruner.ValueOf(other.Value, epoch))],
        IsIdle);

    /// <summary>True if the epoch is new.</summary>
    private bool Learn(int ordinal, EpochReport epoch)
    {
        if (epoch.Curve.Length <= (_curves.TryGetValue(ordinal, out var known) ? known.Length : 0))
            return false;
        _curves[ordinal] = epoch.Curve;
        return true;
    }
}
