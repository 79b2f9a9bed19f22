namespace Siamese.Grains.Telemetry;

/// <summary>Who connects to a port of a silo.</summary>
public enum Peers
{
    Clients,
    Silos,
    Http,
}
