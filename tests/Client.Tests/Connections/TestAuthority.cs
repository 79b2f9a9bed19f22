using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Siamese.Client.Tests.LocalSilo;
using Siamese.Contracts.Connections;

namespace Siamese.Client.Tests.Connections;

/// <summary>A certificate authority for one test, and the files that it has issued.</summary>
internal sealed class TestAuthority : IDisposable
{
    public static readonly string[] OfSilos = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
    public static readonly string[] OfClients = ["1.3.6.1.5.5.7.3.2"];

    private static readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _certificate = request.CreateSelfSigned(_now.AddYears(-2), _now.AddYears(2));
        File = Write("authority.pem", _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    /// <param name="name">Common name, and file name without extension.</param>
    /// <param name="uses">Extended key usages.</param>
    /// <param name="daysLeft">Days until the certificate expires; negative if it has expired.</param>
    public TlsFiles Issue(string name, string[] uses, int daysLeft = 30)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var oids = new OidCollection();
        foreach (var use in uses)
            oids.Add(new Oid(use));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        using var issued = request.Create(_certificate, _now.AddYears(-1), _now.AddDays(daysLeft), RandomNumberGenerator.GetBytes(8));
        return new(Write($"{name}.pem", issued.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()), File);
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }
}
