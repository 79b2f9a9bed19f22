using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Siamese.Contracts;
using Siamese.Contracts.Connections;

namespace Siamese.Testing.Certificates;

/// <summary>A certificate authority for one test, and the files that it has issued.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("siamese-authority-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        _certificate = request.CreateSelfSigned(_now.AddYears(-2), _now.AddYears(2));
        File = Write("authority.pem", _certificate.ExportCertificatePem());
    }

    /// <summary>Extended key usages of a silo's certificate.</summary>
    public static string[] OfSilos => [ForServers, ForClients];

    /// <summary>Extended key usages of a client's certificate.</summary>
    public static string[] OfClients => [ForClients];

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <param name="name">Common name, and file name without extension.</param>
    /// <param name="kind">`silo` or a role: the last part of the name that says what the holder is; null for no such name.</param>
    /// <param name="daysLeft">Days until the certificate expires; negative if it has expired.</param>
    /// <param name="cluster">The cluster it is for.</param>
    /// <param name="uses">Extended key usages; null for those of the kind, and empty for no such extension.</param>
    public TlsFiles Issue(string name, string? kind, int daysLeft = 30, string cluster = ClusterNames.DefaultClusterId, string[]? uses = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var oids = new OidCollection();
        foreach (var use in uses ?? (kind == "silo" ? OfSilos : OfClients))
            oids.Add(new Oid(use));
        if (oids.Count > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        if (kind is not null)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddUri(new Uri($"siamese://{cluster}/{kind}"));
            request.CertificateExtensions.Add(names.Build());
        }

        using var issued = request.Create(_certificate, _now.AddYears(-1), _now.AddDays(daysLeft), RandomNumberGenerator.GetBytes(8));
        return new(Write($"{name}.pem", issued.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), File);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
