namespace Siamese.Silo;

/// <summary>Where a silo listens, on loopback.</summary>
internal sealed record SiloEndpoints(int SiloPort, int GatewayPort);
