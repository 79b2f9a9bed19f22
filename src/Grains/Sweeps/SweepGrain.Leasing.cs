using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Trials;

namespace Siamese.Grains.Sweeps;

/// <summary>Leases trials and processes news about them. Calls interleave here with everything else that a sweep does.</summary>
internal sealed partial class SweepGrain
{
    public async Task<Lease?> Lease(SlotHolder holder, CancellationToken cancellation)
    {
        // A silo that was declared dead but does not know it yet asks too.
        if (_sweep is not { } sweep || holder.CodeVersion != State.CodeVersion || roll.IsGone(holder.Silo))
            return null;
        sweep.Lose(roll.IsGone);
        // Stored before the trial is leased: otherwise a crash would lose the fact that the trial was reopened.
        if (MayLease && sweep.Promote())
            await StoreLedger();
        // Trials that another sweep has trained or is training answer without a lease: continue with the next one.
        for (var asked = 0; asked < FollowAtOnce && await Reserve(sweep, holder) is { } ordinal; asked++)
        {
            if (await Ask(sweep, ordinal, holder, cancellation) is { } lease)
                return lease;
        }

        return null;
    }

    public async Task TrialChanged(TrialNews news, CancellationToken cancellation)
    {
        // News may arrive while the sweep is being loaded and has seen an older status of the trial.
        var sweep = _loading is null ? _sweep : await Load();
        if (sweep?.OrdinalOf(news.Trial) is not { } ordinal)
            return;
        if (news.Result is { } result)
            sweep.End(ordinal, result);
        else if (news.Silo is { } silo)
            await Hear(sweep, ordinal, silo, news.Epoch);
        else
            sweep.Returned(ordinal, news.Why ?? "", news.RefusedBy, Now);
        if (sweep.HasEnded)
            Drive();
    }

    private async Task Hear(Sweep sweep, int ordinal, string silo, EpochReport? epoch)
    {
        if (!sweep.Heard(ordinal, silo, epoch, Now) || sweep.Judge(ordinal) is not { } why)
            return;
        await TrialGrainOf(sweep.IdOf(ordinal)).Pause(Id, CancellationToken.None);
        // The trial may have ended meanwhile; then its result counts.
        sweep.Pause(ordinal, why);
        LogPruned(Id, sweep.IdOf(ordinal), why);
    }

    private bool MayLease => State.Phase is SweepPhase.Running && !State.IsCancelled && State.Stopped is null;

    /// <summary>The trial to ask for a lease next: a waiting one, otherwise a new one that the sweep's search proposes.</summary>
    private async Task<int?> Reserve(Sweep sweep, SlotHolder holder)
    {
        while (MayLease)
        {
            if (sweep.Reserve(holder.Silo, Now, term.Value.Length) is { } ordinal)
                return ordinal;
            if (!sweep.LacksTrials(holder.Silo, Now) || !await Propose(sweep))
                return null;
        }

        return null;
    }

    /// <summary>Asks a trial for a lease. While it answers, other slots are served, trials end, and the user may cancel.</summary>
    private async Task<Lease?> Ask(Sweep sweep, int ordinal, SlotHolder holder, CancellationToken cancellation)
    {
        var (trial, spec) = (sweep.IdOf(ordinal), sweep.SpecOf(ordinal));
        LeaseAnswer answer;
        try
        {
            answer = await TrialGrainOf(trial).Lease(spec, Id, holder.Silo, State.Request!.Retries, cancellation);
        }
        catch
        {
            sweep.GiveBack(ordinal);
            throw;
        }

        if (sweep.Answered(ordinal, answer, holder.Silo, Now))
            return new Lease(Id, trial, answer.Fence!.Value, spec, State.Request!.Data, answer.From);
        // The sweep cancelled the trial meanwhile: nobody trains under this lease.
        if (answer.Fence is not null)
            await TrialGrainOf(trial).Cancel(Id, CancellationToken.None);
        return null;
    }
}
