using System.Collections.Immutable;
using Siamese.Contracts.Training;
using Siamese.Grains.Search.Pruning;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// Decides what becomes of the trials of a running sweep. Pure: time comes in as a monotonic reading, and the ledger of
/// ended trials is the caller's to store.
/// </summary>
/// <param name="id">The sweep's id.</param>
/// <param name="specs">The sweep's trials so far, in the order of its expansion.</param>
/// <param name="ledger">Trials that ended; appended to.</param>
/// <param name="slots">At most so many leased trials at a time; null is no limit.</param>
/// <param name="pruner">Decides which trials go on; null has all of them go on.</param>
internal sealed partial class Sweep(string id, ImmutableArray<TrialSpec> specs, List<EndedTrial> ledger, int? slots, IPruner? pruner = null)
{
    /// <summary>A silo that cannot have the data is offered no trial for so long: then it may have made room, or the store may be back.</summary>
    private static readonly TimeSpan _refusalLasts = TimeSpan.FromSeconds(15);

    private readonly List<TrialSpec> _specs = [.. specs];
    private readonly List<string> _ids = [.. specs.Select(spec => spec.Id)];
    private readonly Dictionary<string, int> _ordinals = specs.Index().ToDictionary(spec => spec.Item.Id, spec => spec.Index);
    private readonly Dictionary<int, Tenure> _running = [];
    private readonly HashSet<int> _asked = [];
    private readonly Dictionary<int, TrialResult> _results = [];
    private readonly SortedSet<int> _waiting = [.. Enumerable.Range(0, specs.Length).Except(LedgerLines.Ends(ledger).Keys)];
    private readonly Dictionary<int, string> _whys = [];
    private readonly Dictionary<string, TimeSpan> _refusals = [];

    /// <summary>A lease as this sweep knows it: whether it was granted to this sweep, and when the holder was last heard; null where it is gone.</summary>
    private sealed record Tenure(string Silo, bool IsOurs, TimeSpan? Heard, EpochReport? Epoch);

    /// <summary>Number of trials so far.</summary>
    public int Count => _specs.Count;

    /// <summary>Number of trials that the sweep has once its search has proposed all of its points.</summary>
    public int Expected { get; private set; } = specs.Length;

    /// <summary>Number of trials that are neither trained nor ended, those that its search has yet to come to included.</summary>
    public int Waiting => Expected - Ended - _running.Count;

    /// <summary>Whether every trial has ended, and none is being asked for a lease that it might grant all the same.</summary>
    public bool HasEnded => Ended == Expected && _asked.Count == 0;

    /// <summary>Number of trials that have ended.</summary>
    public int Ended => Count - _waiting.Count - _running.Count;

    /// <summary>Number of trials that have completed.</summary>
    public int Completed => LedgerLines.Ends(ledger).Values.Count(end => end.Status is TrialStatus.Completed);

    public IReadOnlyList<EndedTrial> Ledger => ledger;

    public string IdOf(int ordinal) => _ids[ordinal];

    public TrialSpec SpecOf(int ordinal) => _specs[ordinal];

    /// <summary>How many trials there will be; no fewer than there are.</summary>
    public void Expect(int trials) => Expected = Math.Max(trials, Count);

    /// <summary>Whether a silo is to have a trial that the sweep's search has yet to come to.</summary>
    public bool LacksTrials(string silo, TimeSpan now) => Count < Expected && !HasRefused(silo, now) && !IsFull && !_waiting.Any(IsFree);

    /// <summary>Trials that the sweep's search has come to.</summary>
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
        if (HasRefused(silo, now))
            return null;
        var isFull = IsFull;
        var silent = _running
            .Where(trial => IsSilent(trial.Value, now, term) && (trial.Value.IsOurs || !isFull) && IsFree(trial.Key))
            .Select(trial => (int?)trial.Key)
            .Min();
        return silent ?? (isFull ? null : _waiting.Where(IsFree).Select(ordinal => (int?)ordinal).FirstOrDefault());
    }

    /// <summary>Any that is being asked may take a slot.</summary>
    private bool IsFull => _asked.Count + _running.Count(trial => trial.Value.IsOurs && !_asked.Contains(trial.Key)) >= slots;

    private bool IsFree(int ordinal) => !_asked.Contains(ordinal);

    private bool HasRefused(string silo, TimeSpan now) => _refusals.TryGetValue(silo, out var refused) && now < refused + _refusalLasts;

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
            Learn(ordinal, result);
    }

    /// <summary>News of a trial that is being trained. True where it has finished an epoch that was not known of.</summary>
    public bool Heard(int ordinal, string silo, EpochReport? epoch, TimeSpan now)
    {
        if (_results.ContainsKey(ordinal) || !_running.TryGetValue(ordinal, out var tenure))
            return false;
        _running[ordinal] = tenure with { Silo = silo, Heard = now, Epoch = epoch ?? tenure.Epoch };
        _whys.Remove(ordinal);
        return epoch is not null && Learn(ordinal, epoch);
    }

    /// <summary>A trial has ended. Counts once, however often it is told.</summary>
    public void End(int ordinal, TrialResult result)
    {
        if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
            ledger.Add(new EndedTrial(ordinal, result.Status, Reused: result.Sweep != id, result.Reason));
        Learn(ordinal, result);
    }

    private void Learn(int ordinal, TrialResult result)
    {
        if (_results.TryAdd(ordinal, result) && result.Epochs is { IsDefaultOrEmpty: false } epochs)
            _curves[ordinal] = [.. epochs.Select(epoch => epoch.ValidationEer)];
    }

    /// <summary>Gives up trials, once whoever trains them has been told.</summary>
    /// <param name="ordinals">The trials.</param>
    /// <param name="why">Why they are given up.</param>
    public void Cancel(IEnumerable<int> ordinals, string why)
    {
        foreach (var ordinal in ordinals)
        {
            if (_waiting.Remove(ordinal) | _running.Remove(ordinal))
                ledger.Add(new EndedTrial(ordinal, TrialStatus.Cancelled, Reused: false, why));
        }
    }

    /// <summary>Ordinals of those ended trials whose result was not told since this sweep was loaded. Cancelled and pruned ones have none.</summary>
    public int[] WithoutResult(IEnumerable<EndedTrial> ended) =>
        [.. ended.Where(line => line.Status is not (TrialStatus.Cancelled or TrialStatus.Waiting or TrialStatus.Pruned) && !_results.ContainsKey(line.Ordinal)).Select(line => line.Ordinal).Distinct()];

    /// <summary>Ordinals of the trials that have neither begun nor ended.</summary>
    public int[] WaitingOrdinals => [.. _waiting];

    /// <summary>Ordinals of the trials that are being trained.</summary>
    public int[] RunningOrdinals => [.. _running.Keys.Order()];
}
