using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Data;
using Siamese.Grains.Forming;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Trials;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep does on its own, one step at a time.</summary>
internal sealed partial class SweepGrain
{
    private async Task Step(CancellationToken cancellation)
    {
        if (Now < _restUntil)
            return;
        try
        {
            switch (State.Phase)
            {
                case SweepPhase.Preparing:
                    await Prepare(cancellation);
                    break;
                case SweepPhase.Running:
                    await Run(cancellation);
                    break;
                case SweepPhase.Forming:
                    await Form(cancellation);
                    break;
            }

            KeepPosted();
            if (!IsUnfinished && (_posted == Entry || State.Phase is SweepPhase.Unknown))
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogStepFailed(e, Id);
            _restUntil = Now + _restAfterFailure;
        }
    }

    private async Task Prepare(CancellationToken cancellation)
    {
        CountSlots();
        var request = State.Request!;
        _reading ??= Task.WhenAll(SpaceSearch.Expand(request).Points
            .Select(Encoders.InputOf)
            .Distinct()
            .Select(input => library.Open(request.Data, input, CancellationToken.None)));
        if (!_reading.IsCompleted)
            return;
        using var activity = SiameseTelemetry.Source.StartActivity("sweep.prepare");
        activity?.SetTag("siamese.sweep", Id);
        var reading = _reading;
        _reading = null;
        try
        {
            var data = (await reading)[0];
            var facts = SweepPlanning.FactsOf(request, data);
            (State.Plan, State.Data) = (SweepPlanning.Plan(request, data, facts), facts);
        }
        catch (DataUnavailableException) when (DataUnavailableException.AnotherSiloIsTried(State.Unavailable))
        {
            // Another silo may have it: the board reactivates the sweep, possibly elsewhere.
            State.Unavailable++;
            await Store(cancellation);
            DeactivateOnIdle();
            throw;
        }
        catch (Exception e) when (e is DataUnavailableException || !Transient.Is(e))
        {
            // Reading again would fail the same way.
            if (e is not BadInputException)
                LogUnreadable(e, Id);
            State.Problem = e is BadInputException or DataUnavailableException ? e.Message : $"the data could not be read: {e.GetType().Name}: {e.Message}";
            State.EndedAt = time.GetUtcNow();
            await Enter(SweepPhase.Rejected, cancellation);
            return;
        }

        State.CodeVersion = CodeVersion.Current;
        LogPlanned(Id, State.Plan.Trials, State.Plan.DataName);
        if (request.StartWhenPrepared)
            State.StartedAt ??= time.GetUtcNow();
        await Enter(State.StartedAt is null ? SweepPhase.Prepared : SweepPhase.Running, cancellation);
    }

    private async Task Run(CancellationToken cancellation)
    {
        var sweep = await Load();
        await StopWhereDue(sweep, cancellation);
        if ((State.IsCancelled ? CancelledByUser : State.Stopped) is { } why)
        {
            sweep.Cancel(sweep.WaitingOrdinals, why);
            await CancelRunning(sweep, sweep.RunningOrdinals, why, cancellation);
            await GiveUpPoints(sweep, cancellation);
        }
        else if (sweep.HasEnded && sweep.Promote())
        {
            await StoreLedger();
        }

        if (sweep.HasEnded)
        {
            _hasAskedToForm = false;
            await Enter(SweepPhase.Forming, cancellation);
            return;
        }

        await StoreLedger();
        CountSlots();
        await FormMeanwhile(sweep, cancellation);
    }

    /// <summary>
    /// The sweep's trials, with what is known about each. Loaded once per activation. Interleaved calls share the task,
    /// because loading writes into the ledger how trials ended.
    /// </summary>
    private async Task<Sweep> Load()
    {
        if (_sweep is not null)
            return _sweep;
        var loading = _loading ??= LoadOnce();
        try
        {
            return _sweep = await loading;
        }
        finally
        {
            // Another call may have started loading again after this one failed.
            if (_loading == loading)
                _loading = null;
        }
    }

    private async Task<Sweep> LoadOnce()
    {
        var request = State.Request!;
        var sweep = new Sweep(Id, Specs(), _ledger, request.Slots, PrunerOf(request));
        sweep.Expect(State.Plan!.Trials);
        // The pruner compares each trial with the others, so it needs their results.
        if (request.Prune is not PruneKind.None)
            await Recall(sweep, _ledger);
        await Follow(sweep, sweep.WaitingOrdinals, (ordinal, answer) => sweep.Answered(ordinal, answer, silo: "", Now));
        return sweep;
    }

    /// <summary>Asks for the results of trials that ended before this activation. Done only when a result is needed.</summary>
    private Task Recall(Sweep sweep, IEnumerable<EndedTrial> ended) => Follow(sweep, sweep.WithoutResult(ended), sweep.Recalled);

    /// <summary>While trials answer, others may end and send news.</summary>
    private async Task Follow(Sweep sweep, int[] ordinals, Action<int, LeaseAnswer> hear)
    {
        foreach (var chunk in ordinals.Chunk(FollowAtOnce))
        {
            var answers = await Task.WhenAll(chunk.Select(ordinal => TrialGrainOf(sweep.IdOf(ordinal)).Follow(Id, CancellationToken.None)));
            foreach (var (ordinal, answer) in chunk.Zip(answers))
                hear(ordinal, answer);
        }
    }

    /// <summary>One write for all trials that ended since the last step.</summary>
    private async Task StoreLedger()
    {
        if (_stored.Count != _ledger.Count)
            await this.Save(() => _stored.Save(_ledger));
    }

    private async Task Form(CancellationToken cancellation)
    {
        var forming = await Ensemble.GetForming(cancellation);
        if (forming.IsUnderWay)
            return;
        // A sweep that continued after its end already has a version, so only a newer one counts. If this activation has
        // not asked yet, a problem is left over from an earlier attempt.
        if ((_hasAskedToForm && forming.Problem is not null) || forming.Result?.Ensemble.Ensemble.Version > (State.Result?.Ensemble.Ensemble.Version ?? 0))
        {
            await End(forming.Result ?? State.Result, forming.Problem, cancellation);
            return;
        }

        var candidates = await Candidates();
        if (candidates.IsEmpty)
            await End(null, "no trial ended with a usable result, so there is no ensemble", cancellation);
        else
            await Ensemble.Form(OrderOf(candidates, isFinal: true), cancellation);
        _hasAskedToForm = true;
    }

    private FormingOrder OrderOf(ImmutableArray<TrialReport> candidates, bool isFinal) => new()
    {
        Data = State.Request!.Data,
        DataFingerprint = State.Plan!.DataFingerprint,
        Candidates = candidates,
        MaximumMembers = State.Request.Members,
        IsFinal = isFinal,
    };

    private async Task<ImmutableArray<TrialReport>> Candidates()
    {
        var sweep = await Load();
        await Recall(sweep, _ledger.Where(ended => ended.Status is TrialStatus.Completed));
        return
        [
            .. sweep.Reports(Now, term.Value.Length)
                .Where(trial => trial is { Status: TrialStatus.Completed, Result.Validation: not null })
                .OrderBy(trial => trial.Result!.Validation!.Eer)
                .Take(MaximumCandidates),
        ];
    }

    private async Task End(SweepResult? result, string? problem, CancellationToken cancellation)
    {
        State.Result = result;
        State.Newest = result is null ? State.Newest : EnsembleSoFar.Of(result.Ensemble.Ensemble);
        State.Problem = problem;
        State.EndedAt = time.GetUtcNow();
        await Enter(State.IsCancelled ? SweepPhase.Cancelled : SweepPhase.Completed, cancellation);
    }
}
