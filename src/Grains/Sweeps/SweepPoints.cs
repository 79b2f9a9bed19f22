using System.Collections.Immutable;
using Siamese.Contracts.Trials;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search;
using Siamese.Grains.Search.Proposers;
using Siamese.Grains.Storage;
using Siamese.Grains.Telemetry;
using Siamese.Grains.Threads;
using StoredProposals = Siamese.Grains.Sweeps.Ledger.StoredLines<Siamese.Grains.Search.Proposers.Proposal, Siamese.Grains.Sweeps.Ledger.ProposalPage>;

namespace Siamese.Grains.Sweeps;

/// <summary>The points that a sweep trains. An adaptive search proposes them one by one; each proposal is stored.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="stored">The store of the proposals.</param>
internal sealed class SweepPoints(SweepActivation sweep, StoredProposals stored)
{
    private List<Proposal> _made = [];
    private Task<bool>? _proposing;

    /// <summary>Number of points that the search has proposed.</summary>
    public int Proposed => _made.Count;

    /// <summary>The proposals that are not trained, in words; null if there are none.</summary>
    public string? Remark => AdaptiveSearch.ToExpansion(_made).Remark;

    /// <summary>The trials of all points so far.</summary>
    public async Task<ImmutableArray<TrialSpec>> Specs()
    {
        if (sweep.State.Request!.IsAdaptive())
            return SpecsOf(_made.Select(proposal => proposal.Point));
        // Takes seconds for the largest sweeps.
        var fitted = sweep.State.Fitted;
        return SpecsOf((await OwnThread.Run(() => SpaceSearch.Expand(fitted), CancellationToken.None)).Points);
    }

    /// <summary>The trials of these points.</summary>
    public ImmutableArray<TrialSpec> SpecsOf(IEnumerable<Hyperparameters> points) =>
        SweepPlanning.Trials(sweep.State.Request!, points, sweep.State.Plan!.DataFingerprint, sweep.State.CodeVersion);

    /// <summary>Reads the stored proposals. Call it once, before anything else.</summary>
    public async Task Read() => _made = await stored.Load();

    /// <summary>Clears the stored proposals.</summary>
    public async Task Clear()
    {
        await stored.Clear();
        _made.Clear();
    }

    /// <summary>Proposes once at a time: slots that ask at the same time share one call. False if there are no more points.</summary>
    /// <param name="propose">Makes the proposal, with <see cref="Next"/> and <see cref="Add"/>.</param>
    public async Task<bool> Share(Func<Task<bool>> propose)
    {
        var proposing = _proposing ??= propose();
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

    /// <summary>The next point; null if the search has no more.</summary>
    /// <param name="values">The result of each point so far; null if it is not known yet.</param>
    public async Task<Proposal?> Next(IReadOnlyList<double?> values)
    {
        var (request, data) = (sweep.State.Fitted, sweep.State.Data!);
        Proposal[] made = [.. _made];
        var began = sweep.Time.GetTimestamp();
        // Takes milliseconds, or a second when few new points are left: keep it off the grain's scheduler.
        var next = await Task.Run(() =>
        {
            var unit = new UnitSpace(request.Space);
            return new AdaptiveSearch(unit, SpaceSearch.ProposerOf(request, unit), point => SweepPlanning.ProblemOf(point, data)).Next(made, values);
        });
        SiameseMetrics.PointProposed(sweep.Time.GetElapsedTime(began).TotalSeconds);
        return next;
    }

    /// <summary>Adds a proposal. Stored before it is trained: another activation must not propose a different point in its place.</summary>
    public async Task Add(Proposal proposal)
    {
        Proposal[] all = [.. _made, proposal];
        await sweep.Grain.Save(() => stored.Save(all));
        _made.Add(proposal);
    }
}
