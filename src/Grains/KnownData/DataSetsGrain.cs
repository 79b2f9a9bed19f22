using Orleans.Concurrency;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.KnownData;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Data;

namespace Siamese.Grains.KnownData;

/// <inheritdoc cref="IDataSetsGrain"/>
/// <remarks>Reentrant: while one call waits for sweeps, others go on. A sweep is asked until all is known of its data, and then no more.</remarks>
[Reentrant]
internal sealed class DataSetsGrain : Grain, IDataSetsGrain
{
    /// <summary>Number of sweeps that are asked at the same time.</summary>
    private const int AtOnce = 16;

    /// <summary>By the sweep and when it was submitted: one that was removed may come back with other data.</summary>
    private Dictionary<(string Sweep, DateTimeOffset SubmittedAt), PlannedData> _known = [];

    public async Task<KnownDataSets> List(CancellationToken cancellation)
    {
        var board = (await GrainFactory.GetGrain<IBoardGrain>(0).List(cancellation)).Where(entry => !entry.IsImported).ToArray();
        var known = new Dictionary<(string, DateTimeOffset), PlannedData>();
        foreach (var some in board.Chunk(AtOnce))
        {
            foreach (var planned in (await Task.WhenAll(some.Select(entry => Of(entry, cancellation)))).OfType<PlannedData>())
                known[(planned.Sweep.Sweep, planned.Sweep.SubmittedAt)] = planned;
        }

        _known = known;
        return new(PlannedData.Group(known.Values), await GrainFactory.GetGrain<IDataRegistryGrain>(0).Unused(cancellation));
    }

    /// <summary>Null if the sweep has not read its data, or was removed.</summary>
    private async Task<PlannedData?> Of(BoardEntry entry, CancellationToken cancellation)
    {
        var known = _known.GetValueOrDefault((entry.Sweep, entry.SubmittedAt));
        if (known is { IsComplete: true })
            return known;
        var plan = known?.Plan ?? (await GrainFactory.GetGrain<ISweepGrain>(entry.Sweep).GetProgress(int.MaxValue, cancellation)).Plan;
        if (plan is null)
            return null;
        var ensemble = entry.HasEnsemble ? (await GrainFactory.GetGrain<IEnsembleGrain>(entry.Sweep).GetNewest(cancellation))?.Ensemble : null;
        return new(entry, plan, ensemble?.Data, ensemble?.Members[0].Spec.Shards);
    }
}
