using System.Buffers;
using System.Security.Cryptography;
using Siamese.Contracts;

namespace Siamese.Client.Words;

/// <summary>Ids of sweeps: chosen by the user, or invented so that they are easy to say, such as `zolaki-47`.</summary>
internal static class SweepName
{
    private const int MaximumLength = 64;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <exception cref="BadInputException">It is empty, has more than 64 characters, or others than letters, digits, `-`, `_` and `.`.</exception>
    public static string Check(string source, string name)
    {
        if (name.Length is 0 or > MaximumLength || name.AsSpan().ContainsAnyExcept(_allowed) || name.All(c => c == '.'))
            throw new BadInputException($"{source}: '{name}' is not a name; use 1 to {MaximumLength} letters, digits, '-', '_' or '.'.");
        return name;
    }

    /// <summary>Invents an id of three syllables and two digits, one of 38 million.</summary>
    public static string Invent()
    {
        var syllables = string.Concat(Enumerable.Range(0, 3).Select(_ => $"{Any("bdfgklmnprstvyz")}{Any("aeiou")}"));
        return $"{syllables}-{RandomNumberGenerator.GetInt32(10, 100)}";
    }

    private static char Any(string letters) => letters[RandomNumberGenerator.GetInt32(letters.Length)];
}
