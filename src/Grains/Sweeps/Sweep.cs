using System.Collections.Immutable;
using System.Globalization;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// Decides what becomes of the trials of a running sweep. Pure: time comes in as a monotonic reading, and the ledger of
/// ended trials is the caller's to store.
/// </summary>
/// <param name="id">The sweep's id.</param>
/// <param name="specs">The sweep's trials, in the order of its expansion.</param>
/// <param name="ledger">Trials that ended; appended to.</param>
/// <param name="slots">At most so many leased trials at a time; null is no limit.</param>
internal sealed class Sweep(string id, ImmutableArray<TrialSpec> specs, List<EndedTrial> ledger, int? slots)
{
    /// <summary>A silo that cannot have the data is offered no trial for so long: then it may have made room, or the store may be back.</summary>
    private static readonly TimeSpan _refusalLasts = TimeSpan.FromSeconds(15);

    private readonly ImmutableArray<string> _ids = [.. specs.Select(spec => spec.Id)];
    private readonly Dictionary<string, int> _ordinals = specs.Index().ToDictionary(spec => spec.Item.Id, spec => spec.Index);
    private readonly Dictionary<int, Tenure> _running = [];
    private readonly HashSet<int> _asked = [];
    private readonly Dictionary<int, TrialResult> _results = [];
    private readonly SortedSet<int> _waiting = [.. Enumerable.Range(0, specs.Length).Except(LedgerLines.Ends(ledger).Keys)];
    private readonly Dictionary<int, string> _whys = [];
    private readonly Dictionary<string, TimeSpan> _refusals = [];

    /// <summary>A lease as this sweep knows it: whether it was granted to this sweep, and when the holder was last heard; null where it is gone.</summary>
    private sealed record Tenure(string Silo, bool IsOurs, TimeSpan? Heard, EpochReport? Epoch);

    public int Count => specs.Length;

    public int Waiting => _waiting.Count;

    /// <summary>Whether every trial has ended, and none is being asked for a lease that it might grant all the same.</summary>
    public bool HasEnded => Ended == specs.Length && _asked.Count == 0;

    /// <summary>Number of trials that have ended.</summary>
    public int Ended => specs.Length - _waiting.Count - _running.Count;

    public IReadOnlyList<EndedTrial> Ledger => ledger;

    public string IdOf(int ordinal) => _ids[ordinal];

    public TrialSpec SpecOf(int ordinal) => specs[ordinal];

    /// <summary>The place of a trial in the expansion; null where the sweep does not hold it.</summary>
    public int? OrdinalOf(string trial) => _ordinals.TryGetValue(trial, out var ordinal) ? ordinal : null;

    /// <summary>Trials that have not ended and whose id starts so.</summary>
    public IEnumerable<int> Unfinished(string prefix) =>
        _waiting.Concat(_running.Keys).Where(ordinal => _ids[ordinal].StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>
    /// The trial that a silo is to lease next: one whose holder has not been heard of for a term, else the first that
    /// waits; null where there is none that is not being asked already, the sweep's slots are all taken, or the silo has
    /// lately refused one.
    /// </summary>
    public int? Next(string silo, TimeSpan now, TimeSpan term)
    {
        if (_refusals.TryGetValue(silo, out var refused) && now < refused + _refusalLasts)
            return null;
        // Any that is being asked may take a slot.
        var isFull = _asked.Count + _running.Count(trial => trial.Value.IsOurs && !_asked.Contains(trial.Key)) >= slots;
        var silent = _running
            .Where(trial => IsSilent(trial.Value, now, term) && (trial.Value.IsOurs || !isFull) && IsFree(trial.Key))
            .Select(trial => (int?)trial.Key)
            .Min();
        return silent ?? (isFull ? null : _waiting.Where(IsFree).Select(ordinal => (int?)ordinal).FirstOrDefault());

        bool IsFree(int ordinal) => !_asked.Contains(ordinal);
    }

    private static bool IsSilent(Tenure tenure, TimeSpan now, TimeSpan term) => tenure.Heard is not { } heard || now >= heard + term;

    /// <summary>
    /// Takes the next trial to ask for a lease, so that nobody else asks it meanwhile. Then comes <see cref="Answered"/>, or
    /// <see cref="GiveBack"/>.
    /// </summary>
    public int? Reserve(string silo, TimeSpan now, TimeSpan term)
    {
        var next = Next(silo, now, term);
        if (next is { } ordinal)
            _asked.Add(ordinal);
        return next;
    }

    /// <summary>A trial that was to be asked did not answer.</summary>
    public void GiveBack(int ordinal) => _asked.Remove(ordinal);

    /// <summary>Silos that are gone: the trials that they held need not be waited for.</summary>
    public void Lose(Predicate<string> isGone)
    {
        foreach (var (ordinal, tenure) in _running.Where(trial => isGone(trial.Value.Silo)).ToArray())
            _running[ordinal] = tenure with { Heard = null };
    }

    /// <summary>A trial's lease is back, and it waits for another.</summary>
    /// <param name="ordinal">The trial.</param>
    /// <param name="why">Why it is.</param>
    /// <param name="refusedBy">The silo that cannot have its data, which all of the sweep's trials share; null where that is not why.</param>
    /// <param name="now">When it came back.</param>
    public void Returned(int ordinal, string why, string? refusedBy, TimeSpan now)
    {
        if (!_running.Remove(ordinal))
            return;
        _waiting.Add(ordinal);
        _whys[ordinal] = why;
        if (refusedBy is not null)
            _refusals[refusedBy] = now;
    }

    /// <summary>Trials that failed or are poisonous.</summary>
    public int[] Failed =>
        [.. LedgerLines.Ends(ledger).Where(end => end.Value.Status is TrialStatus.Failed or TrialStatus.Poisonous).Select(end => end.Key).Order()];

    /// <summary>Number of trials that were let run again and have not ended yet.</summary>
    public int Reopened => LedgerLines.Reopened(ledger);

    /// <summary>Whether a trial whose id starts so was given up.</summary>
    public bool HasCancelled(string prefix) =>
        LedgerLines.Ends(ledger).Any(end => end.Value.Status is TrialStatus.Cancelled && _ids[end.Key].StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Lets trials that ended run again, once they know.</summary>
    public void Reopen(IEnumerable<int> ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            _results.Remove(ordinal);
            if (_waiting.Add(ordinal))
                ledger.Add(new EndedTrial(ordinal, TrialStatus.Waiting, Reused: false, Reason: null));
        }
    }

    /// <summary>
    /// How a trial answered that it stands, or that it was leased. True where a lease was granted to this sweep, and it still
    /// wants it: it may have given the trial up since it asked.
    /// </summary>
    public bool Answered(int ordinal, LeaseAnswer answer, string silo, TimeSpan now)
    {
        _asked.Remove(ordinal);
        if (answer.Result is { } result)
            End(ordinal, result);
        else if (answer.Fence is not null)
            return Begin(new Tenure(silo, IsOurs: true, now, Epoch: null));
        else if (answer.HeldBy is { } holder)
            Begin(new Tenure(holder, answer.HeldFor == id, now, _running.GetValueOrDefault(ordinal)?.Epoch));
        return false;

        // A trial that this sweep gave up may still be trained for another.
        bool Begin(Tenure tenure)
        {
            if (!_waiting.Remove(ordinal) && !_running.ContainsKey(ordinal))
                return false;
            _running[ordinal] = tenure;
            return true;
        }
    }

    /// <summary>How a trial ended, for those who want to see it. One that was let run again since it was asked is left alone.</summary>
    public void Recalled(int ordinal, LeaseAnswer answer)
    {
        if (answer.Result is { } result && !_waiting.Contains(ordinal) && !_running.ContainsKey(ordinal))
            _results.TryAdd(ordinal, result);
    }

    /// <summary>News of a trial that is being trained.</summary>
    public void Heard(int ordinal, string silo, EpochReport? epoch, TimeSpan now)
    {
        if (_results.ContainsKey(ordinal) || !_running.TryGetValue(ordinal, out var tenure))
            return;
        _running[ordinal] = tenure with { Silo = silo, Heard = now, Epoch = epoch ?? tenure.Epoch };
        _whys.Remove(ordinal);
    }

    /// <summary>A trial has ended. Counts once, however often it is told.</summary>
    public void End(int ordinal, TrialResult result)
    {
        if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
            ledger.Add(new EndedTrial(ordinal, result.Status, Reused: result.Sweep != id, result.Reason));
        _results.TryAdd(ordinal, result);
    }

    /// <summary>Gives up trials, once whoever trains them has been told.</summary>
    public void Cancel(IEnumerable<int> ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
                ledger.Add(new EndedTrial(ordinal, TrialStatus.Cancelled, Reused: false, "cancelled by the user"));
        }
    }

    /// <summary>Ordinals of those ended trials whose result was not told since this sweep was loaded. Cancelled ones have none.</summary>
    public int[] WithoutResult(IEnumerable<EndedTrial> ended) =>
        [.. ended.Where(line => line.Status is not (TrialStatus.Cancelled or TrialStatus.Waiting) && !_results.ContainsKey(line.Ordinal)).Select(line => line.Ordinal).Distinct()];

    /// <summary>Ordinals of the trials that have neither begun nor ended.</summary>
    public int[] WaitingOrdinals => [.. _waiting];

    /// <summary>Ordinals of the trials that are being trained.</summary>
    public int[] RunningOrdinals => [.. _running.Keys.Order()];

    /// <summary>The trials that are being trained, with the pace of each.</summary>
    public ImmutableArray<RunningTrial> Running =>
    [
        .. RunningOrdinals.Select(ordinal => (Ordinal: ordinal, Tenure: _running[ordinal])).Select(trial => new RunningTrial
        {
            Trial = _ids[trial.Ordinal],
            Spec = specs[trial.Ordinal],
            Silo = trial.Tenure.Silo,
            Epoch = trial.Tenure.Epoch,
            SecondsLeft = trial.Tenure.Epoch is { } e ? e.Seconds / e.Epoch * (e.Epochs - e.Epoch) : null,
        }),
    ];

    /// <summary>Every trial as the sweep shows it, in the order of the expansion.</summary>
    public IEnumerable<TrialReport> Reports(TimeSpan now, TimeSpan term)
    {
        var ended = LedgerLines.Ends(ledger);
        return Enumerable.Range(0, specs.Length).Select(ordinal => Report(ordinal, ended.GetValueOrDefault(ordinal)) with { Why = Why(ordinal, now, term) });
    }

    /// <summary>Why a trial is not being trained, or may soon not be; null where it is, or has ended.</summary>
    public string? Why(int ordinal, TimeSpan now, TimeSpan term)
    {
        if (_waiting.Contains(ordinal))
            return _whys.TryGetValue(ordinal, out var why) ? $"waiting for a slot; {why}" : "waiting for a slot";
        if (!_running.TryGetValue(ordinal, out var tenure))
            return null;
        if (IsSilent(tenure, now, term))
            return $"waiting for a slot; {tenure.Silo} is not heard of any more";
        // Renewed three times a term: one that is late by that has missed one.
        var left = tenure.Heard!.Value + term - now;
        return left < term / 2 ? string.Create(CultureInfo.InvariantCulture, $"lease of {tenure.Silo} expires in {Math.Ceiling(left.TotalSeconds):0} s") : null;
    }

    /// <summary>Why the trials wait that came back: of each reason once.</summary>
    public IEnumerable<string> Whys => _waiting.Where(_whys.ContainsKey).Select(ordinal => _whys[ordinal]).Distinct();

    /// <summary>Trials that ended, from a place in the ledger on.</summary>
    public ImmutableArray<TrialReport> EndedFrom(int cursor, int upTo) =>
        [.. ledger.Take(upTo).Skip(cursor).Select(line => Report(line.Ordinal, line))];

    private TrialReport Report(int ordinal, EndedTrial? line) => new()
    {
        Trial = _ids[ordinal],
        Spec = specs[ordinal],
        Status = line?.Status ?? (_running.ContainsKey(ordinal) ? TrialStatus.Running : TrialStatus.Waiting),
        Reused = line?.Reused ?? false,
        Result = line is null or { Status: TrialStatus.Waiting } ? null : ResultOf(line),
    };

    /// <summary>A trial that this sweep saw fail may have been trained since, for another sweep: this one's ledger counts.</summary>
    private TrialResult ResultOf(EndedTrial line) =>
        _results.TryGetValue(line.Ordinal, out var result) && result.Status == line.Status
            ? result
            : new TrialResult { Status = line.Status, Reason = line.Reason };
}
