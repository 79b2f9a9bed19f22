using Siamese.Client.Connections;
using Siamese.Client.Terminals;

namespace Siamese.Client.Commands;

/// <summary>Everything outside the client that its commands touch.</summary>
internal sealed record Surroundings(
    Terminal Terminal, IConnector Connector, Interruptions Interruptions, TimeProvider Clock)
{
    /// <summary>Cancelled when the client has to end.</summary>
    public CancellationToken End => Interruptions.End;

    public Calls To(ClusterChoice choice) => new(Connector, choice, Clock);
}
