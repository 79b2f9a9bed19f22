using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Siamese.Contracts.Connections;

/// <summary>What one handshake revealed about the other side, and why it failed, in words.</summary>
internal sealed class PeerJudgement
{
    private const X509ChainStatusFlags OfAnother =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid;

    private string? _distrust;

    /// <summary>Whether we trust the other side and now wait to learn whether it trusts us.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Trusts what the chain's policy trusts. Ignores names, because the addresses of silos change.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None)
            return true;
        _distrust = certificate is null
            ? "no certificate was presented"
            : $"the certificate of '{certificate.Subject}' {Reason(chain)}";
        return false;
    }

    public string Explain(Exception failure) => failure switch
    {
        _ when _distrust is not null => _distrust,
        ConnectionRefusedException => failure.Message,
        _ when IsAwaited => "the silo rejected the certificate that was presented to it",
        AuthenticationException => (failure.InnerException ?? failure).Message.TrimEnd('.'),
        OperationCanceledException => "the handshake took too long",
        _ => "the other side ended the handshake; it may not use TLS",
    };

    private static string Reason(X509Chain? chain)
    {
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        return status switch
        {
            _ when (status & OfAnother) != 0 => "was not issued by the stated authority",
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => "has expired, or is not valid yet",
            _ when status.HasFlag(X509ChainStatusFlags.NotValidForUsage) => "is not valid for this use",
            _ => $"is not valid ({status})",
        };
    }
}
