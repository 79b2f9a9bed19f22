namespace Siamese.Grains.Access;

/// <summary>Signs with a secret of the cluster, so that every silo recognizes what one of them has said, and nobody else can say it.</summary>
public interface ISigner
{
    /// <summary>A signature of 32 bytes (HMAC-SHA256, RFC 2104).</summary>
    /// <param name="purpose">A signature for one purpose is not valid for another.</param>
    /// <param name="content">What is signed.</param>
    byte[] Sign(string purpose, ReadOnlySpan<byte> content);

    /// <summary>Whether the first bytes of a signature are those of this cluster.</summary>
    /// <param name="purpose">What was signed for.</param>
    /// <param name="content">What was signed.</param>
    /// <param name="signature">The first bytes of its signature.</param>
    /// <param name="bytes">Number of bytes that there must be.</param>
    bool IsValid(string purpose, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature, int bytes);
}
