using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;

namespace Siamese.Contracts.Connections;

/// <summary>
/// Mutual TLS for Orleans' connections, which have no authentication of their own. Each side presents a certificate and
/// trusts every certificate that its one authority issued, whatever host name it contains. Silos and clients add it to
/// their connections.
/// </summary>
public sealed class MutualTls
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;
    private const int RecordSize = 16 * 1024;

    private static readonly TimeSpan _handshakeLimit = TimeSpan.FromSeconds(5);
    private static readonly byte[] _welcome = [1];

    private readonly Credentials _credentials;

    private MutualTls(Credentials credentials) => _credentials = credentials;

    /// <exception cref="BadInputException">A file cannot be read or does not match the others, or its certificate has expired.</exception>
    public static MutualTls Load(TlsFiles files) => new(Credentials.Load(files));

    /// <summary>Requires every peer that connects to present a certificate.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="ofSilosOnly">Whether to refuse certificates that are valid only for clients.</param>
    /// <param name="onRefusal">Called with each connection that failed, and the reason.</param>
    public void Accept(IConnectionBuilder connections, bool ofSilosOnly, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Secure(context, next, onRefusal, async (tls, judgement, cancellation) =>
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = _credentials.Own,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = _credentials.Judging(ofSilosOnly),
                    EnabledSslProtocols = Versions,
                    RemoteCertificateValidationCallback = judgement.Judge,
                },
                cancellation);
            await tls.WriteAsync(_welcome, cancellation);
        }));

    /// <summary>Presents the certificate to the silo, and checks the silo's certificate.</summary>
    /// <param name="connections">The connections.</param>
    /// <param name="onRefusal">Called with each connection that failed, and the reason.</param>
    public void Open(IConnectionBuilder connections, Action<ConnectionContext, string> onRefusal) =>
        connections.Use(next => context => Secure(context, next, onRefusal, async (tls, judgement, cancellation) =>
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = ClusterNames.ServiceId,
                    ClientCertificateContext = _credentials.Own,
                    CertificateChainPolicy = _credentials.Judging(isSilo: false),
                    EnabledSslProtocols = Versions,
                    RemoteCertificateValidationCallback = judgement.Judge,
                },
                cancellation);
            // With TLS 1.3, this side finishes before the other side has checked our certificate.
            judgement.IsAwaited = true;
            if (await tls.ReadAsync(new byte[_welcome.Length], cancellation) == 0)
                throw new IOException("Closed.");
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
            using var limit = new CancellationTokenSource(_handshakeLimit);
            await handshake(tls, judgement, limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
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
