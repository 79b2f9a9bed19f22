using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Siamese.Contracts;
using Siamese.Contracts.Exchange;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;
using Siamese.Grains.Galleries;
using Siamese.Grains.Search;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Training;
using Siamese.Grains.Trials;
using Siamese.Model.Data.Splits;
using Siamese.Model.Training;
using StoredLedger = Siamese.Grains.Sweeps.StoredLines<Siamese.Grains.Sweeps.EndedTrial, Siamese.Grains.Sweeps.LedgerPage>;
using StoredProposals = Siamese.Grains.Sweeps.StoredLines<Siamese.Grains.Search.Proposal, Siamese.Grains.Sweeps.ProposalPage>;

namespace Siamese.Grains.Sweeps;

/// <inheritdoc cref="ISweepGrain"/>
/// <remarks>
/// A state machine over <see cref="SweepPhase"/>. <see cref="Step"/> drives it several times a second while the sweep is
/// unfinished. A step never waits for long work: it starts the work and a later step checks on it. So the sweep can
/// continue from any stored phase, even after a crash.
/// </remarks>
internal sealed partial class SweepGrain(
    [PersistentState("sweep")] IPersistentState<SweepState> state,
    IGrainStorage storage,
    SiloRoll roll,
    DataLibrary library,
    IOptions<LeaseTerm> term,
    TimeProvider time,
    ILogger<SweepGrain> logger) : Grain, ISweepTrials
{
    private static readonly TimeSpan _stepEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _restAfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Maximum number of finished trials that an ensemble is chosen from: the best by validation EER.</summary>
    private const int MaximumCandidates = 50;

    /// <summary>Maximum number of trials called at once.</summary>
    private const int FollowAtOnce = 128;

    private const int MaximumEndedPerCall = 500;

    private const string CancelledByUser = "cancelled by the user";

    private readonly ILogger _logger = logger;
    private readonly long _origin = time.GetTimestamp();
    private IGrainTimer? _timer;
    private Task<DataSet[]>? _reading;
    private Task<Sweep>? _loading;
    private Sweep? _sweep;
    private StoredLedger _stored = null!;
    private List<EndedTrial> _ledger = [];
    private StoredProposals _storedProposals = null!;
    private List<Proposal> _proposals = [];
    private TimeSpan _restUntil;
    private bool _isLeaving;
    private bool _hasAskedToForm;

    private string Id => this.GetPrimaryKeyString();

    private SweepState State => state.State;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    private bool IsUnfinished => State.Phase is SweepPhase.Preparing or SweepPhase.Running or SweepPhase.Forming;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await LoadLedger();
        if (State.Phase is SweepPhase.Running or SweepPhase.Prepared && State.CodeVersion != CodeVersion.Current)
        {
            LogReplanned(Id, State.CodeVersion, CodeVersion.Current);
            // Before the new plan is stored: ordinals of the old plan mean nothing in it.
            await _stored.Clear();
            _ledger.Clear();
            await _storedProposals.Clear();
            _proposals.Clear();
            State.Phase = SweepPhase.Preparing;
        }

        if (State.Phase is not SweepPhase.Unknown)
            Drive();
        await base.OnActivateAsync(cancellationToken);
    }

    public async Task Submit(SweepRequest request, CancellationToken cancellation)
    {
        if (State.Request is { } known)
        {
            if (!SameRequests.Are(known, request))
                throw new BadInputException($"Sweep '{Id}' already exists with other settings; choose another name, or remove that sweep.");
            return;
        }

        if (await GrainFactory.GetGrain<IImportGrain>(Id).Exists(cancellation))
            throw new BadInputException($"An imported ensemble '{Id}' already exists; choose another name, or remove that ensemble.");
        Ranges.Check(request);
        SpaceSearch.Expand(request);
        await FollowData(request.Data, cancellation);
        State.Request = request;
        State.SubmittedAt = time.GetUtcNow();
        await Enter(SweepPhase.Preparing, cancellation);
        SiameseTelemetry.SweepsSubmitted.Add(1);
    }

    public async Task Start(CancellationToken cancellation)
    {
        if (State.Phase is not SweepPhase.Prepared)
            return;
        State.StartedAt = time.GetUtcNow();
        await Enter(SweepPhase.Running, cancellation);
    }

    public async Task Cancel(CancellationToken cancellation)
    {
        switch (State.Phase)
        {
            case SweepPhase.Preparing or SweepPhase.Prepared:
                State.IsCancelled = true;
                State.EndedAt = time.GetUtcNow();
                await Enter(SweepPhase.Cancelled, cancellation);
                break;
            case SweepPhase.Running or SweepPhase.Forming when !State.IsCancelled:
                State.IsCancelled = true;
                // The next step cancels the trials, retrying until they know. An ensemble that is being formed is kept.
                await Store(cancellation);
                break;
        }
    }

    public async Task<bool> CancelTrial(string trial, CancellationToken cancellation)
    {
        if (State.Phase is not SweepPhase.Running)
            return false;
        var sweep = await Load();
        // Idempotent: true if the trial is already cancelled.
        if (sweep.Unfinished(trial).ToArray() is not { Length: > 0 } meant)
            return sweep.HasCancelled(trial);
        if (meant.Length > 1)
            throw new BadInputException($"'{trial}' matches {meant.Length} trials of sweep '{Id}'; give more of the id.");
        await CancelRunning(sweep, sweep.RunningOrdinals.Intersect(meant), CancelledByUser, cancellation);
        sweep.Cancel(meant, CancelledByUser);
        await StoreLedger();
        return true;
    }

    public async Task<int> Retry(CancellationToken cancellation)
    {
        if (!MayGoOn("retry"))
            return 0;
        var sweep = await Load();
        var failed = sweep.Failed;
        foreach (var chunk in failed.Chunk(FollowAtOnce))
            await Task.WhenAll(chunk.Select(ordinal => TrialGrainOf(sweep.IdOf(ordinal)).TryAgain(cancellation)));
        sweep.Reopen(failed);
        // An interrupted retry may have reopened the trials without resuming the sweep.
        if (!sweep.HasEnded && State.Phase is not SweepPhase.Running)
        {
            await GoOn(new StopRule(), cancellation);
        }
        else if (State is { Phase: SweepPhase.Completed, Result: null, Problem: not null })
        {
            // Forming may have failed last time although there were usable trials: try again.
            _hasAskedToForm = false;
            await Enter(SweepPhase.Forming, cancellation);
        }
        else
        {
            await StoreLedger();
        }

        return sweep.Reopened;
    }

    public async Task<long> Remove(CancellationToken cancellation)
    {
        // Idempotent: already removed.
        if (State.Request is null)
            return 0;
        if (IsUnfinished)
            throw new BadInputException($"Sweep '{Id}' is still running; cancel it first.");
        _isLeaving = true;
        try
        {
            var freed = await ForgetTrials(cancellation) + await ForgetData(State.Request.Data, cancellation);
            freed += await GrainFactory.GetGrain<IGalleryLots>(Id).Remove(cancellation);
            freed += await Ensemble.Remove(cancellation);
            await Board.Withdraw(Id, cancellation);
            await this.Save(_stored.Clear);
            await this.Save(_storedProposals.Clear);
            await this.Save(() => state.ClearStateAsync(cancellation));
            DeactivateOnIdle();
            return freed;
        }
        catch
        {
            _isLeaving = false;
            throw;
        }
    }

    /// <summary>While this waits, a client may ask for progress; that must not register this sweep with a trial again.</summary>
    private async Task<long> ForgetTrials(CancellationToken cancellation)
    {
        long freed = 0;
        foreach (var chunk in (State.Plan is null ? [] : Specs()).Chunk(FollowAtOnce))
            freed += (await Task.WhenAll(chunk.Select(spec => TrialGrainOf(spec.Id).Forget(Id, cancellation)))).Sum();
        return freed;
    }

    private ITrialGrain TrialGrainOf(string trial) => GrainFactory.GetGrain<ITrialGrain>(trial);

    /// <summary>Marks a trial as cancelled once its grain knows: its trainer may be gone, and then nobody would report its end.</summary>
    private async Task CancelRunning(Sweep sweep, IEnumerable<int> ordinals, string why, CancellationToken cancellation)
    {
        foreach (var ordinal in ordinals)
        {
            await TrialGrainOf(sweep.IdOf(ordinal)).Cancel(Id, cancellation);
            sweep.Cancel([ordinal], why);
        }
    }

    /// <summary>
    /// Stores the phase, then posts it: the board may lag behind the sweep but never runs ahead of it. If the board cannot be
    /// reached, the stored phase stays and a later step posts again.
    /// </summary>
    private async Task Enter(SweepPhase phase, CancellationToken cancellation)
    {
        State.Phase = phase;
        await Store(cancellation);
        LogPhase(Id, phase);
        Drive();
        KeepPosted();
    }

    /// <summary>Also moves in what earlier builds kept in the state. This repeats at each activation until the state is stored without it.</summary>
    private async Task LoadLedger()
    {
        _storedProposals = new StoredProposals(storage, this.GetGrainId(), "proposals");
        _proposals = await _storedProposals.Load();
        _stored = new StoredLedger(storage, this.GetGrainId(), "ledger");
        _ledger = await _stored.Load();
        _ledger.AddRange(State.Ended.ExceptBy(_ledger.Select(ended => ended.Ordinal), ended => ended.Ordinal));
        State.Ended.Clear();
        await _stored.Save(_ledger);
    }

    /// <summary>The ledger first: a phase is never stored ahead of the trials that led to it.</summary>
    private async Task Store(CancellationToken cancellation)
    {
        await StoreLedger();
        await this.Save(state, cancellation);
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
