namespace Siamese.Client.Connections;

/// <summary>Reaches the cluster that a command is for.</summary>
internal interface IConnector
{
    /// <summary>Connects, and starts the local silo where that is what was chosen and it does not run.</summary>
    /// <exception cref="NoClusterException">Nothing answers.</exception>
    Task<ICluster> Connect(ClusterChoice choice, CancellationToken cancellation);
}
