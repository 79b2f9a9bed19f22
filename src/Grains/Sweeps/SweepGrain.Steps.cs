using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Training;
using Siamese.Grains.Data;
using Siamese.Grains.Search;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Model.Networks;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep does by itself, a step at a time.</summary>
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
        catch (DataUnavailableException) when (State.Unavailable < DataLibrary.SilosThatMayNotHaveTheData)
        {
            // Another may: the board wakes the sweep again, wherever that is.
            State.Unavailable++;
            await Store(cancellation);
            DeactivateOnIdle();
            throw;
        }
        catch (Exception e) when (e is DataUnavailableException || !Transient.Is(e))
        {
            // Reading again would end the same way.
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
    /// The sweep's trials, with what is known of each. Loaded once an activation: calls that interleave share the task,
    /// because learning how trials ended writes into the ledger.
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
            // Another may have begun to load it again after this one failed.
            if (_loading == loading)
                _loading = null;
        }
    }

    private async Task<Sweep> LoadOnce()
    {
        var request = State.Request!;
        var sweep = new Sweep(Id, Specs(), _ledger, request.Slots, PrunerOf(request));
        sweep.Expect(State.Plan!.Trials);
        // Who goes on is decided by how the others did.
        if (request.Prune is not PruneKind.None)
            await Recall(sweep, _ledger);
        await Follow(sweep, sweep.WaitingOrdinals, (ordinal, answer) => sweep.Answered(ordinal, answer, silo: "", Now));
        return sweep;
    }

    /// <summary>Asks again how trials ended that ended before this activation: only for those who want to see it.</summary>
    private Task Recall(Sweep sweep, IEnumerable<EndedTrial> ended) => Follow(sweep, sweep.WithoutResult(ended), sweep.Recalled);

    /// <summary>While trials answer, others may end and be told.</summary>
    private async Task Follow(Sweep sweep, int[] ordinals, Action<int, LeaseAnswer> hear)
    {
        foreach (var chunk in ordinals.Chunk(FollowAtOnce))
        {
            var answers = await Task.WhenAll(chunk.Select(ordinal => TrialGrainOf(sweep.IdOf(ordinal)).Follow(Id, CancellationToken.None)));
            foreach (var (ordinal, answer) in chunk.Zip(answers))
                hear(ordinal, answer);
        }
    }

    /// <summary>One write for all that ended since the last step.</summary>
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
        // A sweep that was let go on after its end has a version already, and what is asked for is the next. A problem is
        // of an earlier time where this activation has not asked.
        if ((_hasAskedToForm && forming.Problem is not null) || forming.Result?.Ensemble.Ensemble.Version > (State.Result?.Ensemble.Ensemble.Version ?? 0))
        {
            await End(forming.Result ?? State.Result, forming.Problem, cancellation);
            return;
        }

        var candidates = await Candidates();
        if (candidates.IsEmpty)
            await End(null, "no trial ended usable, so there is no ensemble", cancellation);
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
