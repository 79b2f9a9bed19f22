using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Siamese.Contracts.Access;

namespace Siamese.Contracts.Connections;

/// <summary>
/// What a certificate says about its holder, in a URI among its subject alternative names: `siamese://CLUSTER/silo` for a
/// silo, `siamese://CLUSTER/ROLE` for a client, with <see cref="Role"/> in lower case.
/// </summary>
public static class CertificateIdentity
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private const string AlternativeNames = "2.5.29.17";
    private const string Silo = "silo";

    /// <summary>Context-specific tag 6 of a GeneralName: a URI (RFC 5280, 4.2.1.6).</summary>
    private static readonly Asn1Tag _uri = new(TagClass.ContextSpecific, 6);

    /// <summary>The name of its holder: the common name of its subject.</summary>
    public static string NameOf(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);

    /// <summary>The role that the certificate gives its holder in a cluster.</summary>
    /// <exception cref="ConnectionRefusedException">It is not a client's certificate for this cluster.</exception>
    public static Role RoleOf(X509Certificate2 certificate, string cluster)
    {
        var words = Uris(certificate);
        Role[] roles = [.. Enum.GetValues<Role>().Where(role => words.Contains(Uri(cluster, Word(role))))];
        return roles.Length > 0 ? roles.Max() : throw Other(certificate, cluster, string.Join(" or ", Enum.GetValues<Role>().Order().Select(Word)));
    }

    /// <exception cref="ConnectionRefusedException">The certificate is not of that kind, or for another cluster. The message says so.</exception>
    internal static void Check(X509Certificate2 certificate, string cluster, bool isSilo)
    {
        var stated = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().SelectMany(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>());
        if (UsesOf(isSilo).Except(stated.Select(use => use.Value!)).Any())
            throw new ConnectionRefusedException($"the certificate of '{certificate.Subject}' does not state the extended key usage of a {(isSilo ? "silo" : "client")}");
        if (!isSilo)
            CheckClient(certificate, cluster);
        else if (!Uris(certificate).Contains(Uri(cluster, Silo)))
            throw Other(certificate, cluster, Silo);
    }

    private static void CheckClient(X509Certificate2 certificate, string cluster)
    {
        _ = RoleOf(certificate, cluster);
        // Its holder would count as the caller who uses the key, for example when feedback is weighted.
        if (NameOf(certificate).StartsWith(ApiKey.CallerPrefix, StringComparison.Ordinal))
            throw new ConnectionRefusedException($"the certificate of '{certificate.Subject}' has a name that begins with '{ApiKey.CallerPrefix}', as only callers with keys have");
    }

    /// <summary>The extended key usages of a kind. Silos connect to other silos too.</summary>
    internal static string[] UsesOf(bool isSilo) => isSilo ? [ForServers, ForClients] : [ForClients];

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static string Uri(string cluster, string kind) => $"siamese://{System.Uri.EscapeDataString(cluster)}/{kind}";

    private static ConnectionRefusedException Other(X509Certificate2 certificate, string cluster, string kinds) =>
        new($"the certificate of '{certificate.Subject}' lacks the name {Uri(cluster, kinds)}");

    private static List<string> Uris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        foreach (var extension in certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames))
        {
            try
            {
                var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (names.HasData)
                {
                    if (names.PeekTag().HasSameClassAndValue(_uri))
                        uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, _uri));
                    else
                        names.ReadEncodedValue();
                }
            }
            catch (AsnContentException e)
            {
                throw new ConnectionRefusedException($"the subject alternative names of '{certificate.Subject}' cannot be read", e);
            }
        }

        return uris;
    }
}
