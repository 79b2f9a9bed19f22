using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Galleries;
using Siamese.Contracts.Sweeps;
using Siamese.Grains.Galleries;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Ensembles;

namespace Siamese.Grains.Tests.Galleries;

/// <summary>Galleries of ensembles that a test forms.</summary>
internal static class FormedGalleries
{
    public static async Task<IIdentifyGrain> Form(this FormedEnsemble formed, string name, SweepRequest? request = null)
    {
        await TestCluster.Until(await formed.Cluster.Submit(name, request ?? formed.Request), SweepPhase.Completed);
        return formed.Identifying(name);
    }

    public static IIdentifyGrain Identifying(this FormedEnsemble formed, string name) => formed.Cluster.Client.GetGrain<IIdentifyGrain>(name);

    public static IGalleryLots Gallery(this FormedEnsemble formed, string name) => formed.Cluster.Client.GetGrain<IGalleryLots>(name);

    public static async Task<ImageFile[]> Samples(this FormedEnsemble formed, int count) =>
    [
        .. (await formed.Cluster.Client.GetGrain<ISampleGrain>(0).Draw(formed.Source, count, 1, default))
            .Select(sample => new ImageFile($"{sample.Label}-{sample.Index}.png", sample.File)),
    ];
}
