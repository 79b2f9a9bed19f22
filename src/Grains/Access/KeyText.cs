using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Siamese.Grains.Access;

/// <summary>
/// A key as its holder presents it: `siamese_ID_SECRET`, with a secret of 32 random bytes in hexadecimal digits. A text like
/// this is selected by a double click, and found by programs that look for secrets in files.
/// </summary>
internal static class KeyText
{
    private const string Start = "siamese";
    private const char Between = '_';
    private const int SecretBytes = 32;

    /// <summary>A key with a new secret.</summary>
    public static string Make(string id) =>
        string.Join(Between, Start, id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>The id in a key; null if the text is not a key.</summary>
    public static string? IdOf(string key) =>
        key.Split(Between) is [Start, var id, { Length: 2 * SecretBytes }] ? id : null;

    /// <summary>What is stored of a key. The secret is too long to be guessed, so a plain hash (SHA-256) is enough.</summary>
    public static ImmutableArray<byte> HashOf(string key) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(key))];
}
