using System.Security.Cryptography;

namespace Siamese.Grains.Storage;

/// <summary>Names bytes by their content: their SHA-256 as 64 lowercase hexadecimal digits.</summary>
internal static class ContentName
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool Is(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    /// <returns>The name, if it is valid.</returns>
    /// <exception cref="ArgumentException">It is not a valid name, and could be a path out of the folder.</exception>
    public static string Check(string name) =>
        Is(name) ? name : throw new ArgumentException($"'{name}' is not a blob name.", nameof(name));
}
