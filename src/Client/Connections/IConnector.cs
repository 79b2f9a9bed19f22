using Siamese.Client.Outcomes;

namespace Siamese.Client.Connections;

/// <summary>Connects to the cluster that a command uses.</summary>
internal interface IConnector
{
    /// <summary>Connects; starts the local silo if it was chosen and is not running.</summary>
    /// <exception cref="NoClusterException">No silo answers.</exception>
    Task<ICluster> Connect(ClusterChoice choice, CancellationToken cancellation);
}
