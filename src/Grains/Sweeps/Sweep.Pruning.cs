using System.Collections.Immutable;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>Which trials of a sweep are paused because they fell behind, and which of those go on.</summary>
internal sealed partial class Sweep
{
    /// <summary>Validation EER by epoch, as far as it is known, of each trial.</summary>
    private readonly Dictionary<int, ImmutableArray<double>> _curves = LedgerLines.Ends(ledger)
        .Where(end => end.Value.Epoch is not null)
        .ToDictionary(end => end.Key, end => end.Value.Epoch!.Curve);

    private bool IsIdle => _waiting.Count == 0 && Count == Expected;

    /// <summary>Why a trial that has just finished an epoch is to be paused; null where it goes on.</summary>
    public string? Judge(int ordinal) =>
        pruner is not null && _running.GetValueOrDefault(ordinal)?.Epoch is { } last && last.Epoch < last.Epochs && _curves.TryGetValue(ordinal, out var curve) && pruner.DecidesAfter(curve.Length) == curve.Length
            ? Judge(ordinal, curve.Length)
            : null;

    /// <summary>Pauses a trial, once it knows.</summary>
    public void Pause(int ordinal, string why)
    {
        if (_running.Remove(ordinal, out var tenure))
            ledger.Add(new EndedTrial(ordinal, TrialStatus.Pruned, Reused: false, why, tenure.Epoch));
    }

    /// <summary>
    /// Has the best go on of those trials that were paused and would not be now: they wait for a slot again. Where there is
    /// nothing else to train and none was trained to its end, the best of all goes on. False where there is none.
    /// </summary>
    public bool Promote()
    {
        if (pruner is null)
            return false;
        var paused = LedgerLines.Ends(ledger).Values
            .Where(line => line.Status is TrialStatus.Pruned && _curves.ContainsKey(line.Ordinal))
            .Select(line => (line.Ordinal, Epoch: pruner.DecidesAfter(_curves[line.Ordinal].Length)))
            .Where(trial => trial.Epoch > 0)
            // Of those that wait at the same epoch, only the best one can be good enough.
            .GroupBy(trial => trial.Epoch, (epoch, trials) => trials.MinBy(trial => pruner.ValueOf(_curves[trial.Ordinal], epoch)))
            .OrderByDescending(trial => trial.Epoch);
        var isLast = IsIdle && _running.Count == 0 && !ledger.Any(line => line.Status is TrialStatus.Completed);
        int[] next = [.. paused.Where(trial => isLast || Judge(trial.Ordinal, trial.Epoch) is null).Select(trial => trial.Ordinal).Take(1)];
        Reopen(next);
        return next.Length > 0;
    }

    private string? Judge(int ordinal, int epoch) => pruner!.Judge(
        epoch,
        pruner.ValueOf(_curves[ordinal], epoch),
        [.. _curves.Where(other => other.Key != ordinal && other.Value.Length >= epoch).Select(other => pruner.ValueOf(other.Value, epoch))],
        IsIdle);

    /// <summary>True where the epoch was not known of.</summary>
    private bool Learn(int ordinal, EpochReport epoch)
    {
        if (epoch.Curve.Length <= (_curves.TryGetValue(ordinal, out var known) ? known.Length : 0))
            return false;
        _curves[ordinal] = epoch.Curve;
        return true;
    }
}
