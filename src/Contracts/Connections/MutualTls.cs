using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Siamese.Contracts.Connections;

/// <summary>
/// Mutual TLS. Each side presents a certificate and trusts every certificate that its one authority issued for this cluster,
/// whatever host name it contains.
/// </summary>
public sealed class MutualTls : IConnectionGuard
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;
    private const int RecordSize = 16 * 1024;

    private readonly RereadFiles<Credentials> _credentials;
    private readonly TlsFiles _files;
    private readonly DenyList? _denied;
    private readonly string _cluster;
    private readonly bool _admitsSilos;

    private MutualTls(RereadFiles<Credentials> credentials, TlsFiles files, DenyList? denied, string cluster, bool admitsSilos) =>
        (_credentials, _files, _denied, _cluster, _admitsSilos) = (credentials, files, denied, cluster, admitsSilos);

    /// <summary>The same, but it admits silos and no clients.</summary>
    public MutualTls BetweenSilos => new(_credentials, _files, _denied, _cluster, admitsSilos: true);

    /// <summary>The file whose certificate expires first, since when it is valid, and until when.</summary>
    public (string File, DateTimeOffset From, DateTimeOffset Until) Validity => _credentials.Value.Validity(_files);

    /// <summary>Why the files cannot be used since they were changed; null if they can.</summary>
    public string? Problem => _credentials.Problem ?? _denied?.Problem;

    /// <summary>Reads the files. Connections that are opened later use what the files contain by then.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cluster">Id of the cluster.</param>
    /// <param name="isSilo">Whether the certificate must be a silo's; else it must be a client's.</param>
    /// <param name="denied">Certificates that are not accepted; null for none.</param>
    /// <param name="time">When to look at the files again; null for the system's time.</param>
    /// <exception cref="BadInputException">A file cannot be read or does not match the others, or its certificate has expired or is for something else.</exception>
    public static MutualTls Load(TlsFiles files, string cluster, bool isSilo, DenyList? denied = null, TimeProvider? time = null) => new(
        new([files.Certificate, files.Key, files.Authority], () => Credentials.Load(files, cluster, isSilo), time ?? TimeProvider.System),
        files, denied, cluster, admitsSilos: false);

    /// <summary>What an HTTP server on the same machine needs. It asks its clients for no certificate: they have keys.</summary>
    public SslServerAuthenticationOptions ForHttp() => new() { ServerCertificateContext = _credentials.Value.Own, EnabledSslProtocols = Versions };

    /// <inheritdoc/>
    public void Accept(IConnectionBuilder connections, Func<X509Certificate2?, byte[]> admit, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Secure(context, next, onRefusal, async (tls, judgement, cancellation) =>
        {
            var credentials = _credentials.Value;
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = credentials.Own,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = credentials.Judging(CertificateIdentity.UsesOf(_admitsSilos)),
                    EnabledSslProtocols = Versions,
                    RemoteCertificateValidationCallback = judgement.Judge,
                },
                cancellation);
            try
            {
                using var certificate = new X509Certificate2(tls.RemoteCertificate!);
                CertificateIdentity.Check(certificate, _cluster, _admitsSilos);
                _denied?.Check(certificate);
                await Welcome.Admit(tls, admit(certificate), cancellation);
            }
            catch (ConnectionRefusedException e)
            {
                await Welcome.Refuse(tls, e.Message, cancellation);
                throw;
            }
        }));

    /// <inheritdoc/>
    public void Open(IConnectionBuilder connections, Action<byte[]> onWelcome, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Secure(context, next, onRefusal, async (tls, judgement, cancellation) =>
        {
            var credentials = _credentials.Value;
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = ClusterNames.ServiceId,
                    ClientCertificateContext = credentials.Own,
                    CertificateChainPolicy = credentials.Judging(CertificateIdentity.UsesOf(isSilo: true)),
                    EnabledSslProtocols = Versions,
                    RemoteCertificateValidationCallback = judgement.Judge,
                },
                cancellation);
            using (var certificate = new X509Certificate2(tls.RemoteCertificate!))
            {
                CertificateIdentity.Check(certificate, _cluster, isSilo: true);
                _denied?.Check(certificate);
            }

            // With TLS 1.3, this side finishes before the other side has checked our certificate.
            judgement.IsAwaited = true;
            onWelcome(await Welcome.Read(tls, cancellation));
        }));

    private static async Task Secure(
        ConnectionContext context, ConnectionDelegate next, Action<ConnectionContext, string> onRefusal,
        Func<SslStream, PeerJudgement, CancellationToken, Task> handshake)
    {
        var plain = context.Transport;
        var judgement = new PeerJudgement();
        await using var tls = new SslStream(new DuplexStream(plain), leaveInnerStreamOpen: false);
        try
        {
            using var limit = new CancellationTokenSource(Handshake.Limit);
            await handshake(tls, judgement, limit.Token);
        }
        catch (Exception e) when (e is ConnectionRefusedException or AuthenticationException or IOException or OperationCanceledException)
        {
            onRefusal(context, judgement.Explain(e));
            throw new ConnectionAbortedException("The TLS handshake failed.", e);
        }

        context.Transport = new TlsTransport(
            PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: RecordSize, leaveOpen: true)),
            PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true)));
        try
        {
            await next(context);
        }
        finally
        {
            context.Transport = plain;
        }
    }

    private sealed record TlsTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
