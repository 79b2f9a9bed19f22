namespace Siamese.Contracts;

/// <summary>Names that the client and the silos must agree on to connect.</summary>
public static class ClusterNames
{
    /// <summary>Orleans service id: fixed, so that later builds find stored state.</summary>
    public const string ServiceId = "siamese";

    /// <summary>Default cluster id.</summary>
    public const string DefaultClusterId = "siamese";

    /// <summary>Default port for silo-to-silo traffic.</summary>
    public const int DefaultSiloPort = 11111;

    /// <summary>Default port for clients.</summary>
    public const int DefaultGatewayPort = 30000;
}
