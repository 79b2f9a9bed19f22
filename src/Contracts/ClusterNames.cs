namespace Siamese.Contracts;

/// <summary>Names that client and silos must agree on to meet.</summary>
public static class ClusterNames
{
    /// <summary>Orleans service id: fixed, so that stored state is found by every later build.</summary>
    public const string ServiceId = "siamese";

    /// <summary>Cluster id where none is stated.</summary>
    public const string DefaultClusterId = "siamese";

    /// <summary>Port for silo to silo traffic where none is stated.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>Port for clients where none is stated.</summary>
    public const int DefaultGatewayPort = 30000;
}
