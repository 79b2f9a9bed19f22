using Siamese.Contracts.Sweeps;
using Siamese.Grains.Search.Importances;

namespace Siamese.Grains.Sweeps;

/// <summary>What a sweep says of its hyperparameters.</summary>
internal sealed partial class SweepGrain
{
    public async Task<ImportanceReport> GetImportance(CancellationToken cancellation)
    {
        var (sweep, space) = (Id, State.Request?.Space ?? new SearchSpace());
        // Of one that is being removed, no trial may be had to follow it again.
        var trials = _isLeaving ? [] : await GetTrials(cancellation);
        return await OwnThread.Run(() => SweepImportance.Of(sweep, space, trials), cancellation);
    }
}
