using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Storage;
using Siamese.Grains.Sweeps.Ledger;
using Siamese.Grains.Trials;
using StoredLedger = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Sweeps.Ledger.EndedTrial, Siamese.Grains.Sweeps.Ledger.LedgerPage>;

namespace Siamese.Grains.Sweeps;

/// <summary>
/// Follows the trials of a sweep through their grains: loads the queue, stores its ledger, and asks for results when they are
/// needed. Calls interleave here as they do in the grain.
/// </summary>
/// <param name="sweep">The sweep.</param>
/// <param name="stored">The store of the ledger.</param>
/// <param name="points">The points whose trials the sweep trains.</param>
internal sealed class SweepTrials(SweepActivation sweep, StoredLedger stored, SweepPoints points)
{
    /// <summary>Maximum number of trials called at once.</summary>
    public const int AtOnce = 128;

    private const string TrainedForAnother = "another sweep trains it to its end";

    /// <summary>Single trials that the user finishes; they are not paused meanwhile.</summary>
    private readonly HashSet<int> _finishing = [];

    private List<EndedTrial> _read = [];
    private Task<TrialQueue>? _loading;

    /// <summary>The queue; null until it is loaded.</summary>
    public TrialQueue? Queue { get; private set; }

    /// <summary>The ledger: what is stored, and lines that the next call of <see cref="Store"/> adds.</summary>
    public IReadOnlyList<EndedTrial> Ledger => Queue?.Ledger ?? _read;

    /// <summary>Number of stored lines of the ledger.</summary>
    public int Stored => stored.Count;

    public ITrialGrain Trial(string id) => sweep.Grains.GetGrain<ITrialGrain>(id);

    /// <summary>Reads the ledger. Call it once, before anything else.</summary>
    /// <param name="earlier">Lines that an earlier build kept in the sweep's state; they are moved to the ledger.</param>
    public async Task Read(IEnumerable<EndedTrial> earlier)
    {
        _read = await stored.Load();
        _read.AddRange(earlier.ExceptBy(_read.Select(ended => ended.Ordinal), ended => ended.Ordinal));
        await stored.Save(_read);
    }

    /// <summary>Clears the stored ledger, and forgets the trials.</summary>
    public async Task Clear()
    {
        await stored.Clear();
        _read.Clear();
        (Queue, _loading) = (null, null);
    }

    /// <summary>One write for all trials that ended since the last one.</summary>
    public async Task Store()
    {
        if (stored.Count != Ledger.Count)
            await sweep.Grain.Save(() => stored.Save(Ledger));
    }

    /// <summary>
    /// The queue, with what is known about each trial. Loaded once per activation. Interleaved calls share the task, because
    /// loading writes into the ledger how trials ended.
    /// </summary>
    public async Task<TrialQueue> Load()
    {
        if (Queue is not null)
            return Queue;
        var loading = _loading ??= LoadOnce();
        try
        {
            return Queue = await loading;
        }
        finally
        {
            // Another call may have started loading again after this one failed.
            if (_loading == loading)
                _loading = null;
        }
    }

    /// <summary>The queue once it is loaded, if it is being loaded; news may arrive meanwhile for a trial that the loading has seen in an older status.</summary>
    public async Task<TrialQueue?> Loaded() => _loading is null ? Queue : await Load();

    private async Task<TrialQueue> LoadOnce()
    {
        var request = sweep.State.Request!;
        var queue = new TrialQueue(sweep.Id, await points.Specs(), _read, request.Slots, PruningMethod.Of(request.Prune).Pruner);
        queue.Expect(sweep.State.Plan!.Trials);
        // The pruner compares each trial with the others, so it needs their results.
        if (request.Prune is not PruneKind.None)
            await Recall(queue, _read);
        await Follow(queue, queue.WaitingOrdinals, (ordinal, answer) => queue.Answered(ordinal, answer, silo: "", sweep.Now));
        return queue;
    }

    /// <summary>Asks for the results of trials that ended before this activation. Done only when a result is needed.</summary>
    public Task Recall(TrialQueue queue, IEnumerable<EndedTrial> ended) => Follow(queue, queue.WithoutResult(ended), queue.Recalled);

    /// <summary>Reports on all trials, with the results of those that have ended.</summary>
    public async Task<TrialReport[]> Reports()
    {
        var queue = await Load();
        await Recall(queue, Ledger);
        return [.. queue.Reports(sweep.Now, sweep.Term)];
    }

    /// <summary>The completed trials with the lowest validation EER, best first.</summary>
    public async Task<ImmutableArray<TrialReport>> Best(int count)
    {
        var queue = await Load();
        await Recall(queue, Ledger.Where(ended => ended.Status is TrialStatus.Completed));
        return
        [
            .. queue.Reports(sweep.Now, sweep.Term)
                .Where(trial => trial is { Status: TrialStatus.Completed, Result.Validation: not null })
                .OrderBy(trial => trial.Result!.Validation!.Eer)
                .Take(count),
        ];
    }

    /// <summary>Cancels the unfinished trial whose id starts with this. False if there is none; true if it was cancelled before.</summary>
    /// <exception cref="BadInputException">There are several.</exception>
    public async Task<bool> CancelOne(string start, string why, CancellationToken cancellation)
    {
        if (sweep.State.Phase is not SweepPhase.Running)
            return false;
        var queue = await Load();
        if (One(queue, start) is not { } ordinal)
            return queue.HasCancelled(start);
        await CancelRunning(queue, queue.RunningOrdinals.Intersect([ordinal]), why, cancellation);
        queue.Cancel([ordinal], why);
        await Store();
        return true;
    }

    /// <summary>Finishes the unfinished trial whose id starts with this. False if there is none.</summary>
    /// <exception cref="BadInputException">There are several, it has not begun, or another sweep wants all of it trained.</exception>
    public async Task<bool> FinishOne(string start, CancellationToken cancellation)
    {
        if (sweep.State.Phase is not SweepPhase.Running)
            return false;
        var queue = await Load();
        if (One(queue, start) is not { } ordinal)
            return false;
        if (queue.UnbegunOrdinals.Contains(ordinal))
            throw BadInputException.Conflict($"Trial {queue.IdOf(ordinal)} has not trained an epoch yet, so there is nothing to finish; cancel it instead.");
        if (!await Trial(queue.IdOf(ordinal)).Finish(sweep.Id, cancellation))
            throw BadInputException.Conflict($"Trial {queue.IdOf(ordinal)} cannot be finished early: {TrainedForAnother}.");
        _finishing.Add(ordinal);
        return true;
    }

    /// <summary>Whether the user finishes this single trial.</summary>
    public bool IsFinishing(int ordinal) => _finishing.Contains(ordinal);

    /// <summary>Ends running trials with their last validated epochs. Cancels those that another sweep wants trained to their ends.</summary>
    public async Task FinishRunning(TrialQueue queue, CancellationToken cancellation)
    {
        // Asked at every step: after a silo's death, another sweep may hold the next lease.
        foreach (var ordinal in queue.RunningOrdinals)
        {
            if (!await Trial(queue.IdOf(ordinal)).Finish(sweep.Id, cancellation))
                await CancelRunning(queue, [ordinal], TrainedForAnother, cancellation);
        }
    }

    /// <summary>The unfinished trial whose id starts with this; null if there is none.</summary>
    /// <exception cref="BadInputException">There are several.</exception>
    private int? One(TrialQueue queue, string start) => queue.Unfinished(start).ToArray() switch
    {
        [] => null,
        [var one] => one,
        var several => throw new BadInputException($"'{start}' matches {several.Length} trials of sweep '{sweep.Id}'; give more of the id."),
    };

    /// <summary>Marks running trials as cancelled, each once its grain knows: its trainer may be gone, and then nobody would report its end.</summary>
    public async Task CancelRunning(TrialQueue queue, IEnumerable<int> ordinals, string why, CancellationToken cancellation)
    {
        foreach (var ordinal in ordinals)
        {
            await Trial(queue.IdOf(ordinal)).Cancel(sweep.Id, cancellation);
            queue.Cancel([ordinal], why);
        }
    }

    /// <summary>Pauses a trial once its grain knows. The trial may end meanwhile; then its result counts.</summary>
    public async Task Pause(TrialQueue queue, int ordinal, string why)
    {
        await Trial(queue.IdOf(ordinal)).Pause(sweep.Id, CancellationToken.None);
        queue.Pause(ordinal, why);
    }

    /// <summary>Reopens failed and poisonous trials, each once its grain knows.</summary>
    public async Task ReopenFailed(TrialQueue queue, CancellationToken cancellation)
    {
        var failed = queue.Failed;
        foreach (var chunk in failed.Chunk(AtOnce))
            await Task.WhenAll(chunk.Select(ordinal => Trial(queue.IdOf(ordinal)).TryAgain(cancellation)));
        queue.Reopen(failed);
        _finishing.ExceptWith(failed);
    }

    /// <summary>Releases all trials, because the sweep is being removed.</summary>
    /// <returns>Bytes freed.</returns>
    public async Task<long> Forget(CancellationToken cancellation)
    {
        long freed = 0;
        foreach (var chunk in (sweep.State.Plan is null ? [] : await points.Specs()).Chunk(AtOnce))
            freed += (await Task.WhenAll(chunk.Select(spec => Trial(spec.Id).Forget(sweep.Id, cancellation)))).Sum();
        return freed;
    }

    /// <summary>While trials answer, others may end and send news.</summary>
    private async Task Follow(TrialQueue queue, int[] ordinals, Action<int, LeaseAnswer> hear)
    {
        foreach (var chunk in ordinals.Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(chunk.Select(ordinal => Trial(queue.IdOf(ordinal)).Follow(sweep.Id, CancellationToken.None)));
            foreach (var (ordinal, answer) in chunk.Zip(answers))
                hear(ordinal, answer);
        }
    }
}
