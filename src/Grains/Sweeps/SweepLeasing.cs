using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>Leases trials and processes news about them. Calls interleave here with everything else that a sweep does.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="phases">Decides whether trials may be leased.</param>
/// <param name="trials">The sweep's trials.</param>
/// <param name="points">Proposes new points.</param>
/// <param name="roll">Which silos are dead.</param>
/// <param name="whenExhausted">Called when the search has no more points.</param>
internal sealed class SweepLeasing(
    SweepActivation sweep, SweepPhases phases, SweepTrials trials, SweepPoints points, SiloRoll roll, Func<TrialQueue, Task> whenExhausted)
{
    /// <summary>Leases the next trial to a slot of a silo; null if there is none.</summary>
    public async Task<Lease?> Grant(SlotHolder holder, CancellationToken cancellation)
    {
        // A silo that was declared dead but does not know it yet asks too.
        if (trials.Queue is not { } queue || holder.CodeVersion != sweep.State.CodeVersion || roll.IsGone(holder.Silo))
            return null;
        queue.Lose(roll.IsGone);
        // Stored before the trial is leased: otherwise a crash would lose the fact that the trial was reopened.
        if (phases.MayBegin && queue.Promote())
            await trials.Store();
        // Trials that another sweep has trained or is training answer without a lease: continue with the next one.
        for (var asked = 0; asked < SweepTrials.AtOnce && await Reserve(queue, holder) is { } ordinal; asked++)
        {
            if (await Ask(queue, ordinal, holder, cancellation) is { } lease)
                return lease;
        }

        return null;
    }

    /// <summary>Receives news of a trial. True if every trial has ended.</summary>
    public async Task<bool> Hear(TrialNews news)
    {
        var queue = await trials.Loaded();
        if (queue?.OrdinalOf(news.Trial) is not { } ordinal)
            return false;
        if (news.Result is { } result)
            queue.End(ordinal, result);
        else if (news.Silo is not { } silo)
            queue.Returned(ordinal, news.Why ?? "", news.RefusedBy, sweep.Now);
        else if (queue.Heard(ordinal, silo, news.Epoch, sweep.Now) && phases.MayBegin && !trials.IsFinishing(ordinal) && queue.Judge(ordinal) is { } why)
            await Pause(queue, ordinal, why);
        return queue.HasEnded;
    }

    private async Task Pause(TrialQueue queue, int ordinal, string why)
    {
        await trials.Pause(queue, ordinal, why);
        sweep.Logger.LogPruned(sweep.Id, queue.IdOf(ordinal), why);
    }

    /// <summary>The trial to ask for a lease next: a waiting one, otherwise a new one that the sweep's search proposes.</summary>
    private async Task<int?> Reserve(TrialQueue queue, SlotHolder holder)
    {
        while (phases.MayLease)
        {
            if (queue.Reserve(holder.Silo, sweep.Now, sweep.Term) is { } ordinal)
                return ordinal;
            if (!phases.MayBegin || !queue.LacksTrials(holder.Silo, sweep.Now) || !await points.Share(() => Propose(queue)))
                return null;
        }

        return null;
    }

    /// <summary>Asks the search for its next point. False if it has no more, or if the sweep was stopped meanwhile.</summary>
    private async Task<bool> Propose(TrialQueue queue)
    {
        var next = await points.Next(PointValues.Of(await trials.Reports(), sweep.State.Request!.TrialsPerPoint()));
        if (!phases.MayBegin)
            return false;
        if (next is null)
        {
            await whenExhausted(queue);
            return false;
        }

        await points.Add(next);
        queue.Grow(points.SpecsOf([next.Point]));
        return true;
    }

    /// <summary>Asks a trial for a lease. While it answers, other slots are served, trials end, and the user may cancel.</summary>
    private async Task<Lease?> Ask(TrialQueue queue, int ordinal, SlotHolder holder, CancellationToken cancellation)
    {
        var (trial, spec, request) = (queue.IdOf(ordinal), queue.SpecOf(ordinal), sweep.State.Request!);
        var asked = sweep.Time.GetUtcNow();
        LeaseAnswer answer;
        try
        {
            answer = await trials.Trial(trial).Lease(spec, sweep.Id, holder.Silo, request.Retries, cancellation);
        }
        catch
        {
            queue.GiveBack(ordinal);
            throw;
        }

        if (queue.Answered(ordinal, answer, holder.Silo, sweep.Now))
            return SweepTrace.Grant(sweep, new Lease(sweep.Id, trial, answer.Fence!.Value, spec, request.Data, answer.From), holder.Silo, asked);
        // The sweep cancelled the trial meanwhile: nobody trains under this lease.
        if (answer.Fence is not null)
            await trials.Trial(trial).Cancel(sweep.Id, CancellationToken.None);
        return null;
    }
}
