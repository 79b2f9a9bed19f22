using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Grains.Access;

namespace Siamese.Silo.Http;

/// <summary>
/// The key with which ASP.NET Core protects the tokens of forms. It is derived from the cluster's secret, so that silos
/// read each other's tokens, and nothing is stored. After `store rotate-secret`, that holds again once all have been restarted.
/// </summary>
/// <param name="signer">The cluster's secret.</param>
internal sealed class ClusterKeyRing(ISigner signer) : IXmlRepository
{
    /// <summary>Lets the protection of an application use the cluster's secret.</summary>
    public static void Use(IServiceCollection services, ISigner signer)
    {
        services.AddDataProtection().SetApplicationName(nameof(Siamese));
        services.Configure<KeyManagementOptions>(keys => (keys.XmlRepository, keys.AutoGenerateKeys) = (new ClusterKeyRing(signer), false));
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var descriptor = new AuthenticatedEncryptorDescriptor(new AuthenticatedEncryptorConfiguration(), new Secret([.. Derive("first half"), .. Derive("second half")])).ExportToXml();
        return
        [
            new XElement(
                "key",
                new XAttribute("id", new Guid(Derive("id").AsSpan(0, 16))),
                new XAttribute("version", 1),
                new XElement("creationDate", DateTimeOffset.UnixEpoch),
                new XElement("activationDate", DateTimeOffset.UnixEpoch),
                new XElement("expirationDate", DateTimeOffset.MaxValue.AddYears(-1)),
                new XElement("descriptor", new XAttribute("deserializerType", descriptor.DeserializerType.AssemblyQualifiedName!), descriptor.SerializedDescriptorElement)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException("The key is derived, and never made.");

    private byte[] Derive(string part) => signer.Sign("tokens of forms", System.Text.Encoding.UTF8.GetBytes(part));
}
