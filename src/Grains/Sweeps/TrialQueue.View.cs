using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps.Ledger;

namespace Siamese.Grains.Sweeps;

/// <summary>How a sweep reports its trials.</summary>
internal sealed partial class TrialQueue
{
    /// <summary>The trials that are being trained, with an estimate of the time left.</summary>
    public ImmutableArray<RunningTrial> Running =>
    [
        .. RunningOrdinals.Select(ordinal => (Ordinal: ordinal, KnownLease: _running[ordinal])).Select(trial => new RunningTrial
        {
            Trial = _ids[trial.Ordinal],
            Spec = _specs[trial.Ordinal],
            Silo = trial.KnownLease.Silo,
            Epoch = trial.KnownLease.Epoch,
            SecondsLeft = trial.KnownLease.Epoch is { } e ? e.Seconds / e.Epoch * (e.Epochs - e.Epoch) : null,
        }),
    ];

    /// <summary>Reports on all trials, in the order of the expansion.</summary>
    public IEnumerable<TrialReport> Reports(TimeSpan now, TimeSpan term)
    {
        var ended = LedgerLines.Ends(_ledger);
        return Enumerable.Range(0, Count).Select(ordinal => Report(ordinal, ended.GetValueOrDefault(ordinal)) with { Why = Why(ordinal, now, term) });
    }

    /// <summary>Why a trial is not being trained, or may soon stop; null if it is being trained or has ended.</summary>
    public string? Why(int ordinal, TimeSpan now, TimeSpan term)
    {
        if (_waiting.Contains(ordinal))
            return _whys.TryGetValue(ordinal, out var why) ? $"waiting for a slot; {why}" : "waiting for a slot";
        if (!_running.TryGetValue(ordinal, out var lease))
            return null;
        if (IsSilent(lease, now, term))
            return $"waiting for a slot; {lease.Silo} is no longer responding";
        // A lease is renewed three times a term; with less than half a term left, at least one renewal was missed.
        var left = lease.Heard!.Value + term - now;
        return left < term / 2 ? string.Create(CultureInfo.InvariantCulture, $"lease of {lease.Silo} expires in {Math.Ceiling(left.TotalSeconds):0} s") : null;
    }

    /// <summary>Why the returned trials are waiting, each reason once.</summary>
    public IEnumerable<string> Whys => _waiting.Where(_whys.ContainsKey).Select(ordinal => _whys[ordinal]).Distinct();

    /// <summary>The trials that ended, from a position in the ledger on.</summary>
    public ImmutableArray<TrialReport> EndedFrom(int cursor, int upTo) =>
        [.. _ledger.Take(upTo).Skip(cursor).Select(line => Report(line.Ordinal, line))];

    private TrialReport Report(int ordinal, EndedTrial? line)
    {
        var spec = line?.EndsAfter is { } epoch ? _specs[ordinal] with { EndsAfter = epoch } : _specs[ordinal];
        return new()
        {
            Trial = spec.EndsAfter is null ? _ids[ordinal] : spec.Id,
            Spec = spec,
            Status = line?.Status ?? (_running.ContainsKey(ordinal) ? TrialStatus.Running : TrialStatus.Waiting),
            Reused = line?.Reused ?? false,
            Result = line is null or { Status: TrialStatus.Waiting } ? null : ResultOf(line),
        };
    }

    /// <summary>A trial that failed in this sweep may have been trained since for another sweep; this sweep's ledger decides.</summary>
    private TrialResult ResultOf(EndedTrial line) =>
        _results.TryGetValue(line.Ordinal, out var result) && result.Status == line.Status
            ? result
            : new TrialResult { Status = line.Status, Reason = line.Reason, Epochs = line.Epoch is { } last ? [last] : [], Seconds = line.Epoch?.Seconds ?? 0 };
}
