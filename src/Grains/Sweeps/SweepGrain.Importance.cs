using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Search.Importances;
using Siamese.Grains.Threads;

namespace Siamese.Grains.Sweeps;

/// <summary>How much each hyperparameter of a sweep mattered.</summary>
internal sealed partial class SweepGrain
{
    public async Task<ImportanceReport> GetImportance(CancellationToken cancellation)
    {
        var (sweep, space) = (Id, State.Request?.Space ?? new SearchSpace());
        // While the sweep is being removed, no trial may register it as a follower again.
        var trials = _isLeaving ? [] : await GetTrials(cancellation);
        return await OwnThread.Run(() => SweepImportance.Of(sweep, space, trials), cancellation);
    }
}
