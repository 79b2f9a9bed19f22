using System.Security.Cryptography;

namespace Siamese.Grains.Storage;

/// <summary>The name of bytes by their content: their SHA-256 as 64 hexadecimal digits in lower case.</summary>
internal static class ContentName
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool Is(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    /// <returns>The name, where it is one.</returns>
    /// <exception cref="ArgumentException">It is none, and might be a path out of a folder.</exception>
    public static string Check(string name) =>
        Is(name) ? name : throw new ArgumentException($"'{name}' is no blob's name.", nameof(name));
}
