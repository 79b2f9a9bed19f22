using System.Net;
using Microsoft.Extensions.Logging;
using Siamese.Grains.Telemetry;
using Siamese.Silo.Addresses;

namespace Siamese.Silo.Admission;

/// <summary>The gates of a silo's ports.</summary>
internal sealed partial class ConnectionGates : IDisposable
{
    private readonly int _gatewayPort;

    public ConnectionGates(SiloEndpoints endpoints, ILogger<ConnectionGates> logger, TimeProvider time)
    {
        _gatewayPort = endpoints.GatewayPort;
        var descriptors = DescriptorLimit.Read();
        var servesHttp = endpoints.HttpPort is not null;
        var (clients, silos, http) = ConnectionLimits.For(descriptors, servesHttp);
        if (descriptors is { } limit && ConnectionLimits.For(null, servesHttp) is var all && (clients != all.Clients || http != all.Http))
            LogFew(logger, limit, clients.Identified, http.Identified);
        (Clients, Silos, Http) = (new(Peers.Clients, clients, logger, time), new(Peers.Silos, silos, logger, time), new(Peers.Http, http, logger, time));
    }

    public ConnectionGate Clients { get; }

    public ConnectionGate Silos { get; }

    /// <summary>That of the HTTP API.</summary>
    public ConnectionGate Http { get; }

    /// <summary>The gate of one of Orleans' ports.</summary>
    public ConnectionGate Of(EndPoint endpoint) => endpoint is IPEndPoint { Port: var port } && port == _gatewayPort ? Clients : Silos;

    public void Dispose()
    {
        Clients.Dispose();
        Silos.Dispose();
        Http.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "This process may open only {Descriptors} files and connections, so it serves at most {Clients} clients of Orleans and {Callers} over HTTP; to serve more, raise that limit (ulimit -n, or LimitNOFILE in the unit)")]
    private static partial void LogFew(ILogger logger, int descriptors, int clients, int callers);
}
