using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// The trials of a running sweep: which of them wait, are leased or have ended, and which is leased next. Pure: the caller
/// passes in events with monotonic clock readings, and stores the ledger that they lead to.
/// </summary>
/// <param name="id">The sweep's id.</param>
/// <param name="specs">The sweep's trials so far, in the order of its expansion.</param>
/// <param name="ledger">The stored lines of the ledger.</param>
/// <param name="slots">Maximum number of trials leased at once; null means no limit.</param>
/// <param name="pruner">Decides which trials continue; null if all of them do.</param>
internal sealed partial class TrialQueue(string id, ImmutableArray<TrialSpec> specs, IReadOnlyCollection<EndedTrial> ledger, int? slots, IPruner? pruner = null)
{
    /// <summary>How long a silo that could not get the data is offered no trial. By then it may have room, or the store may be back.</summary>
    private static readonly TimeSpan _refusalLasts = TimeSpan.FromSeconds(15);

    private readonly List<EndedTrial> _ledger = [.. ledger];

    /// <summary>For each trial that has ended, the place of its last line in the ledger.</summary>
    private readonly Dictionary<int, int> _ends = LedgerLines.LastLines(ledger);

    private readonly List<TrialSpec> _specs = [.. specs];
    private readonly List<string> _ids = [.. specs.Select(spec => spec.Id)];
    private readonly Dictionary<string, int> _ordinals = specs.Index().ToDictionary(spec => spec.Item.Id, spec => spec.Index);
    private readonly Dictionary<int, KnownLease> _running = [];
    private readonly HashSet<int> _asked = [];
    private readonly HashSet<int> _begun = [];
    private readonly Dictionary<int, TrialResult> _results = [];
    private readonly SortedSet<int> _waiting = [.. Enumerable.Range(0, specs.Length).Except(LedgerLines.LastLines(ledger).Keys)];
    private readonly Dictionary<int, string> _whys = [];
    private readonly Dictionary<string, TimeSpan> _refusals = [];

    /// <summary>A lease as this sweep knows it: whether this sweep owns it, and when its holder last reported (null if it is gone).</summary>
    private sealed record KnownLease(string Silo, bool IsOurs, TimeSpan? Heard, EpochReport? Epoch);

    /// <summary>Number of trials so far.</summary>
    public int Count => _specs.Count;

    /// <summary>Number of trials that the sweep will have once its search has proposed all of its points.</summary>
    public int Expected { get; private set; } = specs.Length;

    /// <summary>Number of trials that are neither running nor ended, including those that the search has yet to propose.</summary>
    public int Waiting => Expected - Ended - _running.Count;

    /// <summary>Whether every trial has ended and no lease request is pending that might still be granted.</summary>
    public bool HasEnded => Ended == Expected && _asked.Count == 0;

    /// <summary>Number of trials that have ended.</summary>
    public int Ended => Count - _waiting.Count - _running.Count;

    /// <summary>Number of trials that have completed.</summary>
    public int Completed => Ends.Count(end => end.Status is TrialStatus.Completed);

    /// <summary>How trials ended and were reopened, in that order: the lines from before, and those that the events have added since.</summary>
    public IReadOnlyList<EndedTrial> Ledger => _ledger;

    public string IdOf(int ordinal) => _ids[ordinal];

    public TrialSpec SpecOf(int ordinal) => _specs[ordinal];

    /// <summary>Sets how many trials there will be; never fewer than there are already.</summary>
    public void Expect(int trials) => Expected = Math.Max(trials, Count);

    /// <summary>Whether the sweep's search must propose a new trial before a silo can get one.</summary>
    public bool LacksTrials(string silo, TimeSpan now) => Count < Expected && !HasRefused(silo, now) && !IsFull && !_waiting.Any(IsFree);

    /// <summary>Adds trials that the sweep's search has proposed.</summary>
    public void Grow(ImmutableArray<TrialSpec> trials)
    {
        foreach (var spec in trials)
        {
            _ordinals.Add(spec.Id, Count);
            _waiting.Add(Count);
            _ids.Add(spec.Id);
            _specs.Add(spec);
        }

        Expected = Math.Max(Expected, Count);
    }

    /// <summary>The place of a trial in the expansion; null if the sweep does not include it.</summary>
    public int? OrdinalOf(string trial) => _ordinals.TryGetValue(trial, out var ordinal) ? ordinal : null;

    /// <summary>Trials that have not ended and whose id starts with the prefix.</summary>
    public IEnumerable<int> Unfinished(string prefix) =>
        _waiting.Concat(_running.Keys).Where(ordinal => _ids[ordinal].StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>
    /// The trial that a silo should lease next: one whose holder has not reported for a term, otherwise the first waiting
    /// trial. Null if every such trial is being asked already, the sweep's slots are all taken, or the silo has recently
    /// refused a trial.
    /// </summary>
    public int? Next(string silo, TimeSpan now, TimeSpan term)
    {
        if (HasRefused(silo, now))
            return null;
        var isFull = IsFull;
        var silent = _running
            .Where(trial => IsSilent(trial.Value, now, term) && (trial.Value.IsOurs || !isFull) && IsFree(trial.Key))
            .Select(trial => (int?)trial.Key)
            .Min();
        return silent ?? (isFull ? null : _waiting.Where(IsFree).Select(ordinal => (int?)ordinal).FirstOrDefault());
    }

    /// <summary>Counts the trials that are being asked too: each of them may take a slot.</summary>
    private bool IsFull => _asked.Count + _running.Count(trial => trial.Value.IsOurs && !_asked.Contains(trial.Key)) >= slots;

    private bool IsFree(int ordinal) => !_asked.Contains(ordinal);

    private bool HasRefused(string silo, TimeSpan now) => _refusals.TryGetValue(silo, out var refused) && now < refused + _refusalLasts;

    private static bool IsSilent(KnownLease lease, TimeSpan now, TimeSpan term) => lease.Heard is not { } heard || now >= heard + term;

    /// <summary>
    /// Reserves the next trial to ask for a lease, so that no other call asks it meanwhile. Follow it with
    /// <see cref="Answered"/> or <see cref="GiveBack"/>.
    /// </summary>
    public int? Reserve(string silo, TimeSpan now, TimeSpan term)
    {
        var next = Next(silo, now, term);
        if (next is { } ordinal)
            _asked.Add(ordinal);
        return next;
    }

    /// <summary>Releases a reserved trial that did not answer.</summary>
    public void GiveBack(int ordinal) => _asked.Remove(ordinal);

    /// <summary>Marks silos as gone, so that the sweep does not wait for the leases that they held.</summary>
    public void Lose(Predicate<string> isGone)
    {
        foreach (var (ordinal, lease) in _running.Where(trial => isGone(trial.Value.Silo)).ToArray())
            _running[ordinal] = lease with { Heard = null };
    }

    /// <summary>A trial's lease was returned; the trial waits for another.</summary>
    /// <param name="ordinal">The trial.</param>
    /// <param name="why">Why the lease was returned.</param>
    /// <param name="refusedBy">The silo that could not get the data, which all of the sweep's trials share; null if the reason is another.</param>
    /// <param name="now">When it was returned.</param>
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
        [.. Ends.Where(end => end.Status is TrialStatus.Failed or TrialStatus.Poisonous).Select(end => end.Ordinal).Order()];

    /// <summary>Number of trials that were reopened and have not ended again yet.</summary>
    public int Reopened => LedgerLines.Reopened(_ledger);

    /// <summary>Whether a trial whose id starts with the prefix was cancelled.</summary>
    public bool HasCancelled(string prefix) =>
        Ends.Any(end => end.Status is TrialStatus.Cancelled && _ids[end.Ordinal].StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Reopens trials that ended, so that they run again. Call it after their grains have been notified.</summary>
    public void Reopen(IEnumerable<int> ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            _results.Remove(ordinal);
            if (_waiting.Add(ordinal))
                Add(new EndedTrial(ordinal, TrialStatus.Waiting, Reused: false, Reason: null));
        }
    }

    /// <summary>
    /// Records a trial's answer: its status, or a lease. True if a lease was granted to this sweep and the sweep still wants
    /// it: the sweep may have cancelled the trial since it asked.
    /// </summary>
    public bool Answered(int ordinal, LeaseAnswer answer, string silo, TimeSpan now)
    {
        _asked.Remove(ordinal);
        if (answer.From is { Epoch: > 0 })
            _begun.Add(ordinal);
        if (answer.Result is { } result)
            End(ordinal, result);
        else if (answer.Fence is not null)
            return Begin(new KnownLease(silo, IsOurs: true, now, Epoch: null));
        else if (answer.LeasedTo is { } holder)
            Begin(new KnownLease(holder, answer.LeasedFor == id, now, _running.GetValueOrDefault(ordinal)?.Epoch));
        return false;

        // A trial that this sweep cancelled may still be trained for another.
        bool Begin(KnownLease lease)
        {
            if (!_waiting.Remove(ordinal) && !_running.ContainsKey(ordinal))
                return false;
            _running[ordinal] = lease;
            return true;
        }
    }

    /// <summary>Records how a trial ended, for reports. Ignores a trial that was reopened since it was asked.</summary>
    public void Recalled(int ordinal, LeaseAnswer answer)
    {
        if (answer.Result is { } result && !_waiting.Contains(ordinal) && !_running.ContainsKey(ordinal))
            Learn(ordinal, result);
    }

    /// <summary>News of a trial that is being trained. True if it has finished an epoch that is new to the sweep.</summary>
    public bool Heard(int ordinal, string silo, EpochReport? epoch, TimeSpan now)
    {
        if (_results.ContainsKey(ordinal) || !_running.TryGetValue(ordinal, out var lease))
            return false;
        _running[ordinal] = lease with { Silo = silo, Heard = now, Epoch = epoch ?? lease.Epoch };
        if (epoch is not null)
            _begun.Add(ordinal);
        _whys.Remove(ordinal);
        return epoch is not null && Learn(ordinal, epoch);
    }

    /// <summary>A trial has ended. Idempotent: repeated news counts once.</summary>
    public void End(int ordinal, TrialResult result)
    {
        if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
            Add(new EndedTrial(ordinal, result.Status, Reused: result.Sweep != id, result.Reason, EndsAfter: result.EndsAfter, Figures: TrialFigures.Of(result)));
        Learn(ordinal, result);
    }

    private void Learn(int ordinal, TrialResult result)
    {
        var known = LineOf(ordinal);
        if (_results.TryAdd(ordinal, result) && result.Epochs is { IsDefaultOrEmpty: false } epochs)
            _curves[ordinal] = [.. epochs.Select(epoch => epoch.ValidationEer)];
        if (LineOf(ordinal) != known)
            _changes.Add(ordinal);
    }

    /// <summary>Marks trials as cancelled. Call it after their trainers have been notified.</summary>
    /// <param name="ordinals">The trials.</param>
    /// <param name="why">Why they are cancelled.</param>
    public void Cancel(IEnumerable<int> ordinals, string why)
    {
        foreach (var ordinal in ordinals)
        {
            if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
                Add(new EndedTrial(ordinal, TrialStatus.Cancelled, Reused: false, why));
        }
    }

    /// <summary>The last line of each trial that has ended.</summary>
    private IEnumerable<EndedTrial> Ends => _ends.Values.Select(at => _ledger[at]);

    private void Add(EndedTrial line)
    {
        if (line.Status is TrialStatus.Waiting)
            _ends.Remove(line.Ordinal);
        else
            _ends[line.Ordinal] = _ledger.Count;
        _ledger.Add(line);
        _changes.Add(line.Ordinal);
    }

    /// <summary>Ordinals of ended trials whose result has not arrived since this sweep was loaded. Cancelled and pruned trials have none.</summary>
    public int[] WithoutResult(IEnumerable<EndedTrial> ended) =>
        [.. ended.Where(line => line.Status is not (TrialStatus.Cancelled or TrialStatus.Waiting or TrialStatus.Pruned) && !_results.ContainsKey(line.Ordinal)).Select(line => line.Ordinal).Distinct()];

    /// <summary>Ordinals of the trials that wait for a slot.</summary>
    public int[] WaitingOrdinals => [.. _waiting];

    /// <summary>Ordinals of the waiting trials that have not trained an epoch yet, as far as is known.</summary>
    public int[] UnbegunOrdinals => [.. _waiting.Except(_begun)];

    /// <summary>Ordinals of the trials that are being trained.</summary>
    public int[] RunningOrdinals => [.. _running.Keys.Order()];
}
