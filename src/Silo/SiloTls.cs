using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Contracts.Connections;
using Siamese.Silo.Addresses;
using Siamese.Silo.Options;
using SiloOptions = Siamese.Silo.Options.SiloOptions;

namespace Siamese.Silo;

/// <summary>Decides who may connect to a silo: with TLS, anyone who presents a certificate of its authority; else anyone who reaches it.</summary>
internal static partial class SiloTls
{
    /// <summary>The files that the options name; null if they name none. The local silo uses none, because only its user's client calls it.</summary>
    /// <exception cref="BadInputException">Some of them are missing, or the silo listens beyond this machine without them.</exception>
    public static TlsFiles? FilesOf(SiloOptions options, SiloEndpoints endpoints)
    {
        if (options.Local)
            return null;
        var files = TlsFiles.Of(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (files is not null && options.Insecure)
            throw new BadInputException("--insecure cannot be combined with --tls-certificate; state one.");
        if (files is null && !options.Insecure && !endpoints.IsLoopback)
            throw new BadInputException($"--address {options.Address}: other machines can reach it there, so state --tls-certificate, --tls-key and --tls-authority, or --insecure if everyone on that network may do everything.");
        return files;
    }

    public static void Demand(ISiloBuilder silo, MutualTls tls) =>
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ILoggerFactory>((options, loggers) =>
        {
            var logger = loggers.CreateLogger(typeof(SiloTls).FullName!);
            options.ConfigureSiloInboundConnection(connections => tls.Accept(connections, ofSilosOnly: true, Refused));
            options.ConfigureGatewayInboundConnection(connections => tls.Accept(connections, ofSilosOnly: false, Refused));
            options.ConfigureSiloOutboundConnection(connections => tls.Open(connections, Failed));

            void Refused(ConnectionContext connection, string reason) => LogRefused(logger, connection.RemoteEndPoint, reason);
            void Failed(ConnectionContext connection, string reason) => LogFailed(logger, connection.RemoteEndPoint, reason);
        });

    public static void Warn(ILoggerFactory loggers) => LogInsecure(loggers.CreateLogger(typeof(SiloTls).FullName!));

    [LoggerMessage(LogLevel.Warning, "A connection from {Peer} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, object? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "The TLS handshake with the silo at {Peer} failed: {Reason}")]
    private static partial void LogFailed(ILogger logger, object? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "--insecure: anyone who reaches this silo over the network can do anything with it")]
    private static partial void LogInsecure(ILogger logger);
}
