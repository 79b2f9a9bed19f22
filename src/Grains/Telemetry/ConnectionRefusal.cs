namespace Siamese.Grains.Telemetry;

/// <summary>Why a silo refused or closed a connection.</summary>
public enum ConnectionRefusal
{
    /// <summary>Too many connections had not identified themselves, and it was the oldest.</summary>
    Crowded,

    /// <summary>The silo serves as many peers as it can.</summary>
    Full,

    /// <summary>The peer did not prove who it is.</summary>
    Handshake,

    /// <summary>The peer did not identify itself as Orleans requires.</summary>
    Preamble,
}
