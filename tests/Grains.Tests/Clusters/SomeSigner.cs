using System.Security.Cryptography;
using System.Text;
using Siamese.Grains.Access;

namespace Siamese.Grains.Tests.Clusters;

/// <summary>Signs with a secret that everybody can read here.</summary>
internal sealed class SomeSigner : ISigner
{
    public byte[] Sign(string purpose, ReadOnlySpan<byte> content) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(purpose), content);

    public bool IsValid(string purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int bytes) =>
        signature.SequenceEqual(Sign(purpose, content).AsSpan(0, bytes));
}
