using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

namespace Siamese.Silo;

/// <summary>Who may connect to a silo: with TLS whoever shows a certificate of its authority, else everybody who reaches it.</summary>
internal static partial class SiloTls
{
    /// <summary>The files that the options name; null where they name none. The local silo takes none: only its user's client calls it.</summary>
    /// <exception cref="BadInputException">Some of them are missing, or it listens beyond this machine without.</exception>
    public static TlsFiles? FilesOf(SiloOptions options, SiloEndpoints endpoints)
    {
        if (options.Local)
            return null;
        var files = TlsFiles.Of(options.TlsCertificate, options.TlsKey, options.TlsAuthority);
        if (files is not null && options.Insecure)
            throw new BadInputException("--insecure and --tls-certificate exclude each other; state one.");
        if (files is null && !options.Insecure && !endpoints.IsLoopback)
            throw new BadInputException($"--address {options.Address}: other machines reach it there, so state --tls-certificate, --tls-key and --tls-authority, or --insecure where everybody on that network may do everything.");
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

    [LoggerMessage(LogLevel.Warning, "No TLS with the silo at {Peer}: {Reason}")]
    private static partial void LogFailed(ILogger logger, object? peer, string reason);

    [LoggerMessage(LogLevel.Warning, "--insecure: whoever reaches this silo over the network may do everything with it")]
    private static partial void LogInsecure(ILogger logger);
}
