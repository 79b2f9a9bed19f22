using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Trials;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>How a sweep reports its trials, and how followers of them learn what has become of them, part by part.</summary>
internal sealed partial class TrialQueue
{
    /// <summary>Maximum number of trials, and of changes, in one look.</summary>
    private const int MaximumLook = 2000;

    private readonly Guid _queue = Guid.NewGuid();

    /// <summary>Ordinals of trials that have ended, were reopened, or whose figures have become known, in that order.</summary>
    private readonly List<int> _changes = [];

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
    public IEnumerable<TrialReport> Reports(TimeSpan now, TimeSpan term) => Enumerable.Range(0, Count).Select(ordinal => ReportOf(ordinal, now, term));

    /// <summary>Reports on one trial.</summary>
    public TrialReport ReportOf(int ordinal, TimeSpan now, TimeSpan term) => Report(ordinal, LastLineOf(ordinal)) with { Why = Why(ordinal, now, term) };

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

    /// <summary>The end of all parts; it differs once trials have been added, ended, or been reopened.</summary>
    public TrialCursor Known => new(_queue, Count, _changes.Count);

    /// <summary>A part of what a follower does not know.</summary>
    /// <param name="From">Its beginning.</param>
    /// <param name="Next">Its end.</param>
    /// <param name="Changed">Ordinals of trials that are not as the follower thinks.</param>
    public sealed record LookPart(TrialCursor From, TrialCursor Next, int[] Changed);

    /// <summary>The next part for a follower. One who follows another queue begins at the start.</summary>
    public LookPart PartAfter(TrialCursor known)
    {
        // The trials that he reads are as they are now, so earlier changes do not matter.
        var from = known.Queue == _queue && known.Trials <= Count && known.Changes <= _changes.Count ? known : new(_queue, 0, _changes.Count);
        var next = new TrialCursor(_queue, Math.Min(Count, from.Trials + MaximumLook), Math.Min(_changes.Count, from.Changes + MaximumLook));
        var ended = Enumerable.Range(from.Trials, next.Trials - from.Trials).Where(_ends.ContainsKey);
        var changed = _changes.GetRange(from.Changes, next.Changes - from.Changes).Where(ordinal => ordinal < from.Trials);
        return new(from, next, [.. ended.Concat(changed).Distinct()]);
    }

    /// <summary>The lines of those among some trials that must be asked for their figures.</summary>
    public IEnumerable<EndedTrial> WithoutFigures(IEnumerable<int> ordinals) => ordinals.Select(LastLineOf).OfType<EndedTrial>().Where(line => KnownFigures(line) is null);

    /// <summary>What a follower learns from a part.</summary>
    public TrialLook Look(LookPart part) => new()
    {
        From = part.From,
        Next = part.Next,
        Specs = [.. _specs.GetRange(part.From.Trials, part.Next.Trials - part.From.Trials)],
        Ids = [.. _ids.GetRange(part.From.Trials, part.Next.Trials - part.From.Trials)],
        Lines = [.. part.Changed.Select(LineOf)],
        Running = [.. RunningOrdinals],
        Trials = Count,
        IsLast = part.Next == Known,
    };

    private TrialLine LineOf(int ordinal) => LastLineOf(ordinal) is { } line
        ? new(ordinal, line.Status, KnownFigures(line) ?? TrialFigures.Of(ResultOf(line)), _ends[ordinal], line.EndsAfter is { } epoch ? (_specs[ordinal] with { EndsAfter = epoch }).Id : null)
        : new(ordinal, TrialStatus.Waiting, default, -1, null);

    /// <summary>The last line of a trial that has ended; null if it has not.</summary>
    public EndedTrial? LastLineOf(int ordinal) => _ends.TryGetValue(ordinal, out var at) ? _ledger[at] : null;

    /// <summary>Figures as a report would have them; null if the trial must be asked first.</summary>
    private TrialFigures? KnownFigures(EndedTrial line) =>
        _results.ContainsKey(line.Ordinal) || line.Status is TrialStatus.Cancelled or TrialStatus.Pruned ? TrialFigures.Of(ResultOf(line)) : line.Figures;
}
