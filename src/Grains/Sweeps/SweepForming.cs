using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Grains.Ensembles;
using Siamese.Grains.Forming;

namespace Siamese.Grains.Sweeps;

/// <summary>The versions of a sweep's ensemble: those that it forms while it is still training, and the final one.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="phases">Ends the sweep when its final version is formed.</param>
/// <param name="trials">Its trials.</param>
internal sealed class SweepForming(SweepActivation sweep, SweepPhases phases, SweepTrials trials)
{
    /// <summary>Maximum number of finished trials that an ensemble is chosen from: the best by validation EER.</summary>
    private const int MaximumCandidates = 50;

    private readonly FormingPace _pace = new();
    private bool _hasAsked;

    private IEnsembleVersions Ensemble => sweep.Grains.GetGrain<IEnsembleVersions>(sweep.Id);

    /// <summary>Checks on the version that is being formed while training continues.</summary>
    public async Task<SweepChange> Check(CancellationToken cancellation)
    {
        if (!_pace.IsUnderWay || (await Ensemble.GetForming(cancellation)).IsUnderWay)
            return SweepChange.None;
        _pace.Ended(sweep.Now);
        return phases.Show((await Ensemble.GetNewest(cancellation))?.Ensemble);
    }

    /// <summary>Starts forming a version while training continues, if one is due.</summary>
    public async Task FormIfDue(TrialQueue queue, CancellationToken cancellation)
    {
        var finished = queue.Completed;
        if (!_pace.IsDue(finished, sweep.Now))
            return;
        var candidates = await trials.Best(MaximumCandidates);
        _pace.Began(finished, sweep.Now);
        if (!candidates.IsEmpty)
            await Ensemble.Form(OrderOf(candidates, isFinal: false), cancellation);
    }

    /// <summary>Every trial has ended: the next <see cref="Finish"/> asks for the final version.</summary>
    public void Begin() => _hasAsked = false;

    /// <summary>Asks for the final version, or checks on it. Nothing changes until it is formed, or cannot be.</summary>
    public async Task<SweepChange> Finish(CancellationToken cancellation)
    {
        var forming = await Ensemble.GetForming(cancellation);
        if (forming.IsUnderWay)
            return SweepChange.None;
        var known = sweep.State.Result;
        // A sweep that continued after its end already has a version, so only a newer one counts. If this activation has
        // not asked yet, a problem is left over from an earlier attempt.
        if ((_hasAsked && forming.Problem is not null) || forming.Result?.Ensemble.Ensemble.Version > (known?.Ensemble.Ensemble.Version ?? 0))
            return phases.End(forming.Result ?? known, forming.Problem, sweep.Time.GetUtcNow());
        var candidates = await trials.Best(MaximumCandidates);
        if (candidates.IsEmpty)
            return phases.End(null, "no trial ended with a usable result, so there is no ensemble", sweep.Time.GetUtcNow());
        await Ensemble.Form(OrderOf(candidates, isFinal: true), cancellation);
        _hasAsked = true;
        return SweepChange.None;
    }

    /// <summary>Removes the ensemble with all its versions.</summary>
    /// <returns>Bytes freed.</returns>
    public Task<long> Remove(CancellationToken cancellation) => Ensemble.Remove(cancellation);

    private FormingOrder OrderOf(ImmutableArray<TrialReport> candidates, bool isFinal) => new()
    {
        Data = sweep.State.Request!.Data,
        DataFingerprint = sweep.State.Plan!.DataFingerprint,
        Candidates = candidates,
        MaximumMembers = sweep.State.Request.Members,
        IsFinal = isFinal,
        Trace = sweep.State.Trace,
    };
}
