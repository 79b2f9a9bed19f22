using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Silo.Addresses;
using Siamese.Silo.Admission;
using SiloOptions = Siamese.Silo.Options.SiloOptions;

namespace Siamese.Silo.Access;

/// <summary>Decides who may connect to a silo: with TLS, anyone who presents a certificate of its authority; else anyone who reaches it.</summary>
internal static partial class SiloConnections
{
    /// <summary>The files that the options name; null if they name none. The local silo uses none, because only its user's client calls it.</summary>
    /// <exception cref="BadInputException">Some of them are missing, or the silo listens beyond this machine without them.</exception>
    public static TlsFiles? FilesOf(SiloOptions options, SiloEndpoints endpoints)
    {
        var files = options.Local ? null : TlsFiles.Of(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (files is null && options.TlsDenied is { Length: > 0 })
            throw new BadInputException("--tls-denied: only valid with --tls-certificate; without TLS nobody presents a certificate.");
        if (options.Local)
            return null;
        if (files is not null && options.Insecure)
            throw new BadInputException("--insecure cannot be combined with --tls-certificate; state one.");
        if (files is null && !options.Insecure && !endpoints.IsLoopback)
            throw new BadInputException($"--address {options.Address}: other machines can reach it there, so state --tls-certificate, --tls-key and --tls-authority, or --insecure if everyone on that network may do everything.");
        return files;
    }

    /// <summary>Guards the connections of a silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="endpoints">Its addresses.</param>
    /// <param name="between">For its connections with other silos.</param>
    /// <param name="gateway">For its clients.</param>
    /// <param name="admit">Who a client is, by its certificate if it has one.</param>
    public static void Guard(ISiloBuilder silo, SiloEndpoints endpoints, IConnectionGuard between, IConnectionGuard gateway, Func<X509Certificate2?, Caller> admit)
    {
        silo.Services.AddConnectionLimits(endpoints);
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILoggerFactory, Tickets, ConnectionGates, ConnectedClients, PreambleReader>((options, loggers, tickets, gates, clients, preambles) =>
        {
            var logger = loggers.CreateLogger(typeof(SiloConnections).FullName!);
            options.ConfigureSiloInboundConnection(connections =>
            {
                between.Accept(connections, _ => [], gates.Silos.Refused);
                connections.Use(next => gates.Silos.Identify((connection, _) => next(connection)));
            });
            options.ConfigureGatewayInboundConnection(connections =>
            {
                gateway.Accept(connections, certificate => tickets.Issue(admit(certificate)), gates.Clients.Refused);
                connections.Use(next => gates.Clients.Identify((connection, preamble) =>
                    preambles.ClientOf(preamble) is { } client && PreambleReader.IsOwn(client) ? clients.Serve(client, () => next(connection)) : null));
            });
            options.ConfigureSiloOutboundConnection(connections => between.Open(
                connections, _ => { }, (connection, reason) => LogFailed(logger, connection.RemoteEndPoint, PlainText.Of(reason))));
        });
    }

    public static void Warn(ILoggerFactory loggers) => LogInsecure(loggers.CreateLogger(typeof(SiloConnections).FullName!));

    [LoggerMessage(LogLevel.Warning, "No connection to the silo at {Peer}: {Reason}")]
    private static partial void LogFailed(ILogger logger, object? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "--insecure: anyone who reaches this silo over the network can do anything with it")]
    private static partial void LogInsecure(ILogger logger);
}
