using Siamese.Contracts.Data;
using Siamese.Grains.Data;

namespace Siamese.Grains.Sweeps;

/// <summary>A sweep's uploaded data set. The registry tracks which sweeps use it.</summary>
internal sealed partial class SweepGrain
{
    private IDataRegistryGrain Registry => GrainFactory.GetGrain<IDataRegistryGrain>(0);

    private Task FollowData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Follow(manifest, Id, cancellation) : Task.CompletedTask;

    /// <returns>Bytes freed.</returns>
    private Task<long> ForgetData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Forget(manifest, Id, cancellation) : Task.FromResult(0L);
}
