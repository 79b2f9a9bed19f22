using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Grains.Backbones;
using Siamese.Grains.Board;
using Siamese.Grains.Data;
using Siamese.Grains.Donors;
using Siamese.Grains.Galleries;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using Siamese.Grains.Trials;
using Siamese.Model.Training;
using StoredLedger = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Sweeps.Ledger.EndedTrial, Siamese.Grains.Sweeps.Ledger.LedgerPage>;
using StoredProposals = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Search.Proposers.Proposal, Siamese.Grains.Sweeps.Ledger.ProposalPage>;

namespace Siamese.Grains.Sweeps;

/// <inheritdoc cref="ISweepGrain"/>
/// <remarks>
/// Takes calls and turns. <see cref="SweepPhases"/> decides what a call means for the sweep; <see cref="Step"/> does what its
/// phase requires, several times a second while the sweep is unfinished. A step waits for planning, which takes seconds for
/// the largest sweeps. It starts longer work, and a later step checks on it. So the sweep can continue from any stored phase,
/// even after a crash.
/// </remarks>
internal sealed class SweepGrain(
    [PersistentState("sweep")] IPersistentState<SweepState> state,
    IGrainStorage storage,
    SiloRoll roll,
    DataLibrary library,
    DonorSearch donors,
    IOptions<LeaseTerm> term,
    TimeProvider time,
    ILogger<SweepGrain> logger) : Grain, ISweepTrials
{
    private static readonly TimeSpan _stepEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _restAfterFailure = TimeSpan.FromSeconds(2);

    private SweepActivation _activation = null!;
    private SweepPhases _phases = null!;
    private SweepPoints _points = null!;
    private SweepTrials _trials = null!;
    private SweepLeasing _leasing = null!;
    private SweepPreparation _preparation = null!;
    private SweepRun _run = null!;
    private SweepForming _forming = null!;
    private SweepReports _reports = null!;
    private BoardPosts _board = null!;
    private IGrainTimer? _timer;
    private TimeSpan _restUntil;

    private string Id => this.GetPrimaryKeyString();

    private SweepState State => state.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetGrainId();
        _activation = new SweepActivation(this, Id, GrainFactory, State, time, term.Value.Length, logger);
        _phases = new SweepPhases(Id, State);
        _points = new SweepPoints(_activation, new StoredProposals(storage, key, "proposals"));
        _trials = new SweepTrials(_activation, new StoredLedger(storage, key, "ledger"), _points);
        _preparation = new SweepPreparation(_activation, _phases, library);
        _run = new SweepRun(_activation, _phases, _trials, _points, Store);
        _leasing = new SweepLeasing(_activation, _phases, _trials, _points, roll, Exhausted);
        _forming = new SweepForming(_activation, _phases, _trials);
        _reports = new SweepReports(_activation, _trials, _points);
        _board = new BoardPosts(GrainFactory.GetGrain<ISweepBoard>(0), time, logger);
        await _points.Read();
        await _trials.Read(State.Ended);
        // The ledger now has these lines. This repeats at each activation until the state is stored without them.
        State.Ended.Clear();
        var planned = State.CodeVersion;
        if (_phases.MustPlanAgain(CodeVersion.Current))
        {
            logger.LogReplanned(Id, planned, CodeVersion.Current);
            // Before the new plan is stored: ordinals of the old plan mean nothing in it.
            await _trials.Clear();
            await _points.Clear();
        }

        if (State.Phase is not SweepPhase.Unknown)
            Drive();
    }

    public async Task Submit(SweepRequest request, CancellationToken cancellation)
    {
        if (State.Request is { } known && !_phases.NeverTrained)
        {
            if (!SameRequests.Are(known, State.Donor?.Repeated(request) ?? request))
                throw BadInputException.Conflict($"Sweep '{Id}' already exists with other settings; choose another name, or remove that sweep.");
            if (!_phases.IsUnfinished)
                await _preparation.CheckUnchanged(cancellation);
            return;
        }

        if (await GrainFactory.GetGrain<IImportGrain>(Id).Exists(cancellation))
            throw BadInputException.Conflict($"An imported ensemble '{Id}' already exists; choose another name, or remove that ensemble.");
        SweepId.Check("'name'", Id);
        request.Check();
        using var submission = SweepTrace.Submit(Id);
        var donor = await donors.Find(request, Id, cancellation);
        request = donor?.Fit(request) ?? request;
        await OwnThread.Run(() => DataDefaults.ExpandUnread(request), cancellation);
        await _preparation.FollowUploads(request, State.Request, cancellation);
        await donors.Hold(donor, State.Donor, Id, cancellation);
        State.Donor = donor;
        // The trials of the sweep that this one replaces, if somebody has looked at them.
        await _trials.Clear();
        await _points.Clear();
        await Store(_phases.Submit(request, time.GetUtcNow(), submission?.Id), cancellation);
        SiameseMetrics.SweepSubmitted();
    }

    public Task Start(CancellationToken cancellation) => Store(_phases.Start(time.GetUtcNow()), cancellation);

    public Task Cancel(CancellationToken cancellation) => Store(_phases.Cancel(time.GetUtcNow()), cancellation);

    public Task<bool> CancelTrial(string trial, CancellationToken cancellation) => _trials.CancelOne(trial, SweepPhases.CancelledByUser, cancellation);

    public Task Finish(CancellationToken cancellation) => Store(_phases.Finish(), cancellation);

    public Task<bool> FinishTrial(string trial, CancellationToken cancellation) => _trials.FinishOne(trial, cancellation);

    public async Task<int> Retry(CancellationToken cancellation)
    {
        if (!_phases.MayGoOn("retry", CodeVersion.Current))
            return 0;
        var queue = await _trials.Load();
        await _trials.ReopenFailed(queue, cancellation);
        var change = _phases.Retry(isOpen: !queue.HasEnded, time.GetUtcNow());
        _forming.Begin();
        await (change is SweepChange.None ? _trials.Store() : Store(change, cancellation));
        return queue.Reopened;
    }

    public async Task Extend(int points, StopRule stop, CancellationToken cancellation)
    {
        if (await _phases.PlanWith(points, stop, CodeVersion.Current) is not { } plan)
            return;
        var queue = await _trials.Load();
        _phases.Repoint(points, plan);
        // A search that is not adaptive draws the same points first, then the new ones.
        queue.Grow([.. (await _points.Specs()).Skip(queue.Count)]);
        queue.Expect(plan.Trials);
        await Store(_phases.GoOn(stop, time.GetUtcNow()), cancellation);
    }

    public async Task<long> Remove(CancellationToken cancellation)
    {
        // Idempotent: already removed.
        if (State.Request is null)
            return 0;
        if (_phases.IsUnfinished)
            throw BadInputException.Conflict($"Sweep '{Id}' is still running; cancel it first.");
        // While this waits, a client may ask for progress; that must not register this sweep with a trial again.
        _reports.IsLeaving = true;
        try
        {
            var freed = await _trials.Forget(cancellation) + await _preparation.ForgetUploads(State.Request, cancellation);
            freed += await GrainFactory.GetGrain<IGalleryLots>(Id).Remove(cancellation);
            freed += await _forming.Remove(cancellation);
            freed += await donors.LetGo(State.Donor, Id, cancellation);
            await _board.Withdraw(Id, cancellation);
            await this.Save(_trials.Clear);
            await this.Save(_points.Clear);
            await this.Save(() => state.ClearStateAsync(cancellation));
            DeactivateOnIdle();
            return freed;
        }
        catch
        {
            _reports.IsLeaving = false;
            throw;
        }
    }

    public async Task<SweepProgress> GetProgress(int cursor, CancellationToken cancellation) =>
        await FeatureProgress.Add(GrainFactory, await _reports.Progress(cursor, _board.Slots) with { Reading = _preparation.Progress }, cancellation);

    public Task<ImmutableArray<TrialReport>> GetTrials(CancellationToken cancellation) => _reports.All();

    public Task<ImportanceReport> GetImportance(CancellationToken cancellation) => _reports.Importance(cancellation);

    public Task<TrialLook> LookAtTrials(TrialCursor from, CancellationToken cancellation) => _reports.Look(from);

    public Task<ImmutableArray<TrialReport>> GetReports(ImmutableArray<int> ordinals, CancellationToken cancellation) => _reports.Some(ordinals);

    public Task<Lease?> Lease(SlotHolder holder, CancellationToken cancellation) => _leasing.Grant(holder, cancellation);

    public async Task TrialChanged(TrialNews news, CancellationToken cancellation)
    {
        if (await _leasing.Hear(news))
            Drive();
    }

    private async Task Step(CancellationToken cancellation)
    {
        if (_activation.Now < _restUntil)
            return;
        try
        {
            await (State.Phase switch
            {
                SweepPhase.Preparing => Prepare(cancellation),
                SweepPhase.Running => Run(cancellation),
                SweepPhase.Forming => Store(await _forming.Finish(cancellation), cancellation),
                _ => Task.CompletedTask,
            });
            var entry = SweepView.EntryOf(Id, State);
            _board.Keep(entry);
            if (!_phases.IsUnfinished && (_board.Has(entry) || State.Phase is SweepPhase.Unknown))
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            logger.LogStepFailed(e, Id);
            _restUntil = _activation.Now + _restAfterFailure;
        }
    }

    private async Task Prepare(CancellationToken cancellation)
    {
        _board.CountSlots();
        try
        {
            await Store(await _preparation.Poll(), cancellation);
        }
        catch (DataUnavailableException)
        {
            // Another silo may have it: the board reactivates the sweep, possibly elsewhere.
            await Store(_phases.LackData(), cancellation);
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task Run(CancellationToken cancellation)
    {
        var queue = await _trials.Load();
        if (!await _run.Step(queue, cancellation))
        {
            _forming.Begin();
            await Store(_phases.Form(), cancellation);
            return;
        }

        _board.CountSlots();
        await Store(await _forming.Check(cancellation), cancellation);
        await _forming.FormIfDue(queue, cancellation);
    }

    /// <summary>The search has no more points: the next step ends the sweep if nothing else is left to train.</summary>
    private async Task Exhausted(TrialQueue queue)
    {
        await _run.GiveUpPoints(queue, CancellationToken.None);
        Drive();
    }

    /// <summary>
    /// Stores a change, the ledger first: a phase is never stored ahead of the trials that led to it. A new phase is then
    /// posted: the board may lag behind the sweep but never runs ahead of it. If the board cannot be reached, the stored
    /// phase stays and a later step posts again.
    /// </summary>
    private async Task Store(SweepChange change, CancellationToken cancellation)
    {
        if (change is SweepChange.None)
            return;
        var phase = State.Phase;
        await _trials.Store();
        await this.Save(state, cancellation);
        if (change is not SweepChange.Phase)
            return;
        SweepTrace.Enter(_activation, phase);
        Drive();
        _board.Keep(SweepView.EntryOf(Id, State));
    }

    /// <summary>Takes the next step at once, and keeps the timer running.</summary>
    private void Drive()
    {
        if (_timer is null)
            _timer = this.RegisterGrainTimer(Step, new GrainTimerCreationOptions(TimeSpan.Zero, _stepEvery) { KeepAlive = true });
        else
            _timer.Change(TimeSpan.Zero, _stepEvery);
    }
}
