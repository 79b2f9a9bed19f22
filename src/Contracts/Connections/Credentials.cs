using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Connections;

/// <summary>A certificate with its key, and the one trusted authority, read from <see cref="TlsFiles"/>.</summary>
internal sealed class Credentials
{
    private readonly X509Certificate2Collection _authority;
    private readonly X509Certificate2Collection _between;

    private Credentials(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authority)
    {
        (_between, _authority) = (between, authority);
        Own = SslStreamCertificateContext.Create(own, between, offline: true);
    }

    /// <summary>The certificate to present to peers.</summary>
    public SslStreamCertificateContext Own { get; }

    /// <param name="files">The files.</param>
    /// <param name="cluster">Id of the cluster.</param>
    /// <param name="isSilo">Whether the certificate must be a silo's; else it must be a client's.</param>
    /// <exception cref="BadInputException">A file cannot be read or does not match the others, or its certificate has expired or is for something else.</exception>
    public static Credentials Load(TlsFiles files, string cluster, bool isSilo)
    {
        var certificates = Certificates("--tls-certificate", files.Certificate);
        var credentials = new Credentials(
            WithKey(files), [.. certificates.Skip(1)], Certificates("--tls-authority", files.Authority));
        credentials.Check(files);
        try
        {
            CertificateIdentity.Check(credentials.Own.TargetCertificate, cluster, isSilo);
        }
        catch (ConnectionRefusedException e)
        {
            throw new BadInputException($"--tls-certificate: '{files.Certificate}': {e.Message}; deploy/certificates issues such certificates.", e);
        }

        return credentials;
    }

    /// <summary>The file whose certificate expires first, since when it is valid, and until when.</summary>
    public (string File, DateTimeOffset From, DateTimeOffset Until) Validity(TlsFiles files)
    {
        var (own, authority) = (_between.Append(Own.TargetCertificate).MinBy(End)!, _authority.MaxBy(End)!);
        return End(own) <= End(authority) ? Of(files.Certificate, own) : Of(files.Authority, authority);

        static (string, DateTimeOffset, DateTimeOffset) Of(string file, X509Certificate2 certificate) => (file, new(certificate.NotBefore.ToUniversalTime()), End(certificate));
    }

    /// <summary>The policy for checking a certificate.</summary>
    /// <param name="uses">Object identifiers of the extended key usages that it must be valid for.</param>
    public X509ChainPolicy Judging(IEnumerable<string> uses)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authority);
        foreach (var use in uses)
            policy.ApplicationPolicy.Add(new Oid(use));
        return policy;
    }

    private static DateTimeOffset End(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    private void Check(TlsFiles files)
    {
        using var chain = new X509Chain { ChainPolicy = Judging([]) };
        chain.ChainPolicy.ExtraStore.AddRange(_between);
        if (chain.Build(Own.TargetCertificate))
            return;
        foreach (var element in chain.ChainElements)
        {
            if (element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))
            {
                var (option, file) = element.Certificate.Equals(chain.ChainElements[^1].Certificate)
                    ? ("--tls-authority", files.Authority)
                    : ("--tls-certificate", files.Certificate);
                throw new BadInputException($"{option}: the certificate in '{file}' is valid only from {element.Certificate.NotBefore:yyyy-MM-dd} to {element.Certificate.NotAfter:yyyy-MM-dd}.");
            }
        }

        throw new BadInputException($"--tls-certificate: the certificate in '{files.Certificate}' was not issued by the authority in '{files.Authority}': {chain.ChainStatus[0].StatusInformation.TrimEnd()}.");
    }

    private static X509Certificate2Collection Certificates(string option, string file)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(Read(option, file));
        }
        catch (CryptographicException e)
        {
            throw new BadInputException($"{option}: '{file}' is not a PEM file of certificates: {e.Message}", e);
        }

        return certificates.Count > 0 ? certificates : throw new BadInputException($"{option}: '{file}' contains no PEM certificate.");
    }

    private static X509Certificate2 WithKey(TlsFiles files)
    {
        var (certificate, key) = (Read("--tls-certificate", files.Certificate), Read("--tls-key", files.Key));
        try
        {
            using var read = X509Certificate2.CreateFromPem(certificate, key);
            // Through PKCS#12: Windows cannot use a key for TLS that exists only in memory.
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new BadInputException($"--tls-key: '{files.Key}' is not the unencrypted private key of the certificate in '{files.Certificate}'.", e);
        }
    }

    private static string Read(string option, string file) => RegularFile.ReadText(option, file, RereadFiles<Credentials>.MaximumBytes);
}
