using Siamese.Client.Connections;

namespace Siamese.Client.Commands;

/// <summary>Addresses of the web page of a cluster.</summary>
internal static class PageAddress
{
    /// <summary>The address of the whole cluster's page; null if the client does not know it.</summary>
    public static Task<Uri?> OfCluster(Calls calls, CancellationToken cancellation) => calls.Make((cluster, _) => Task.FromResult(cluster.Page), cancellation);

    /// <summary>The address of a sweep's page.</summary>
    /// <param name="page">The cluster's.</param>
    /// <param name="sweep">The sweep's id, whose characters need no escapes.</param>
    public static Uri OfSweep(Uri page, string sweep) => new(page, $"sweeps/{sweep}");
}
