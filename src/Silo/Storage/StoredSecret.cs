using System.Security.Cryptography;

namespace Siamese.Silo.Storage;

/// <summary>A secret of a cluster, from which its silos derive keys.</summary>
/// <param name="Made">When it was made, in milliseconds since 1970.</param>
/// <param name="Value">32 random bytes.</param>
internal sealed record StoredSecret(long Made, byte[] Value)
{
    private const int Bytes = 32;

    /// <summary>A secret that counts as newer than others, even if this machine's clock is slow.</summary>
    public static StoredSecret After(IEnumerable<StoredSecret> others, DateTimeOffset now) =>
        Make(now) is var made && others.Max(other => other.Made) is var newest && newest >= made.Made ? made with { Made = newest + 1 } : made;

    public static StoredSecret Make(DateTimeOffset now) => new(now.ToUnixTimeMilliseconds(), RandomNumberGenerator.GetBytes(Bytes));
}
