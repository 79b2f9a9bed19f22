namespace Siamese.Contracts.Connections;

/// <summary>What every way to open a connection has in common.</summary>
internal static class Handshake
{
    /// <summary>How long the two sides may take to prove who they are.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
}
