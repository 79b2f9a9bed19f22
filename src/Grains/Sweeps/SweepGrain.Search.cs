using System.Collections.Immutable;
using Siamese.Contracts;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Search.Pruners;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Model.Training;

namespace Siamese.Grains.Sweeps;

/// <summary>Which points a sweep trains, and when it stops.</summary>
internal sealed partial class SweepGrain
{
    private Task<bool>? _proposing;

    /// <summary>The request, including the points that were added since.</summary>
    private SweepRequest Extended => State.Request! with { Points = State.Points ?? State.Request!.Points };

    private StopRule Stop => State.Stop ?? State.Request!.Stop;

    private ImmutableArray<TrialSpec> Specs() => SpecsOf(State.Request!.IsAdaptive() ? _proposals.Select(proposal => proposal.Point) : SpaceSearch.Expand(Extended).Points);

    private ImmutableArray<TrialSpec> SpecsOf(IEnumerable<Hyperparameters> points) =>
        SweepPlanning.Trials(State.Request!, points, State.Plan!.DataFingerprint, State.CodeVersion);

    public async Task Extend(int points, StopRule stop, CancellationToken cancellation)
    {
        if (State.Request?.Search is SearchKind.Grid)
            throw new BadInputException($"Sweep '{Id}' is a grid, which already covers every combination; submit another sweep with more values, and it reuses the trained trials.");
        if (!MayGoOn("extend"))
            throw new BadInputException($"Sweep '{Id}' has not started yet; extend it once it is training.");
        var request = Extended;
        (request with { Points = points, Stop = stop }).Check();
        if (points <= request.Points)
            return;
        var plan = SweepPlanning.WithPoints(State.Plan!, request with { Points = points }, State.Data!);
        var sweep = await Load();
        (State.Points, State.Plan) = (points, plan);
        // A search that is not adaptive draws the same points first, then the new ones.
        sweep.Grow([.. Specs().Skip(sweep.Count)]);
        sweep.Expect(plan.Trials);
        await GoOn(stop, cancellation);
    }

    /// <summary>Whether a sweep, ended or not, can be given more work; false if it has not started.</summary>
    /// <exception cref="BadInputException">It cannot; the message says why.</exception>
    private bool MayGoOn(string verb)
    {
        if (State.Request is null)
            throw new BadInputException($"There is no sweep '{Id}'.");
        if (State.Phase is SweepPhase.Rejected)
            throw new BadInputException($"Sweep '{Id}' was rejected, so none of its trials were trained: {State.Problem}");
        if (State.Phase is SweepPhase.Forming)
            throw new BadInputException($"Sweep '{Id}' is forming its ensemble; {verb} it when that is done.");
        if (State.Phase is not (SweepPhase.Running or SweepPhase.Completed or SweepPhase.Cancelled) || State.Plan is null)
            return false;
        if (State.Phase is SweepPhase.Running && (State.IsCancelled || State.Stopped is not null))
            throw new BadInputException($"Sweep '{Id}' is being {(State.IsCancelled ? "cancelled" : "stopped")}; {verb} it when that is done.");
        if (State.CodeVersion != CodeVersion.Current)
            throw new BadInputException($"Sweep '{Id}' was trained by another build, and only that build can resume its trials; submit it again under another name.");
        return true;
    }

    private Task GoOn(StopRule stop, CancellationToken cancellation)
    {
        (State.IsCancelled, State.EndedAt, State.Problem, State.Stopped) = (false, null, null, null);
        (State.Stop, State.StopFrom) = (stop, time.GetUtcNow());
        return Enter(SweepPhase.Running, cancellation);
    }

    /// <summary>Asks the search for its next point. Slots that ask at the same time share one call. False if there are no more points.</summary>
    private async Task<bool> Propose(Sweep sweep)
    {
        var proposing = _proposing ??= ProposeOnce(sweep);
        try
        {
            return await proposing;
        }
        finally
        {
            if (_proposing == proposing)
                _proposing = null;
        }
    }

    private async Task<bool> ProposeOnce(Sweep sweep)
    {
        var request = State.Request!;
        await Recall(sweep, _ledger);
        var values = PointValues.Of(sweep.Reports(Now, term.Value.Length), request.TrialsPerPoint());
        Proposal[] made = [.. _proposals];
        var data = State.Data!;
        var began = time.GetTimestamp();
        // Takes milliseconds, or a second when few new points are left: keep it off the grain's scheduler.
        var next = await Task.Run(() =>
        {
            var unit = new UnitSpace(request.Space);
            return new AdaptiveSearch(unit, SpaceSearch.ProposerOf(request, unit), point => SweepPlanning.ProblemOf(point, data)).Next(made, values);
        });
        SiameseTelemetry.ProposalSeconds.Record(time.GetElapsedTime(began).TotalSeconds);
        if (!MayLease)
            return false;
        if (next is null)
        {
            await GiveUpPoints(sweep, CancellationToken.None);
            Drive();
            return false;
        }

        // Stored before it is trained: another activation must not propose a different point in its place.
        await this.Save(() => _storedProposals.Save([.. made, next]));
        _proposals.Add(next);
        sweep.Grow(SpecsOf([next.Point]));
        return true;
    }

    /// <summary>Records that the search will propose no more points.</summary>
    private async Task GiveUpPoints(Sweep sweep, CancellationToken cancellation)
    {
        if (sweep.Count == sweep.Expected)
            return;
        (State.Points, State.Plan) = (_proposals.Count, State.Plan! with { Trials = sweep.Count });
        await Store(cancellation);
        sweep.Expect(sweep.Count);
    }

    private async Task StopWhereDue(Sweep sweep, CancellationToken cancellation)
    {
        if (State.IsCancelled || State.Stopped is not null || await WhyStop(sweep) is not { } why)
            return;
        State.Stopped = why;
        LogStopped(Id, why);
        await Store(cancellation);
    }

    private async Task<string?> WhyStop(Sweep sweep)
    {
        if (Stop.After is { } after && (State.StopFrom ?? State.StartedAt) is { } from && time.GetUtcNow() - from >= after)
            return FormattableString.Invariant($"stopped after {after.TotalMinutes:0.##} min, as requested");
        if (Stop.Eer is not { } eer)
            return null;
        await Recall(sweep, _ledger);
        return PointValues.Best(sweep.Reports(Now, term.Value.Length), State.Request!.TrialsPerPoint()) is { } best && best <= eer
            ? FormattableString.Invariant($"stopped at a validation EER of {100 * best:0.00} %, as requested")
            : null;
    }

    private static IPruner? PrunerOf(SweepRequest request) => PruningMethod.Of(request.Prune).Pruner;
}
