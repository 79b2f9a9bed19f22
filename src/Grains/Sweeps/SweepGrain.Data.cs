using Siamese.Contracts.Data;

namespace Siamese.Grains.Sweeps;

/// <summary>The data set of a sweep, where it was uploaded: the registry knows who uses it.</summary>
internal sealed partial class SweepGrain
{
    private IDataRegistryGrain Registry => GrainFactory.GetGrain<IDataRegistryGrain>(0);

    private Task FollowData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Follow(manifest, Id, cancellation) : Task.CompletedTask;

    /// <returns>Bytes that were freed.</returns>
    private Task<long> ForgetData(DataSource data, CancellationToken cancellation) =>
        data.Manifest is { } manifest ? Registry.Forget(manifest, Id, cancellation) : Task.FromResult(0L);
}
