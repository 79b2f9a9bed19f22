using System.Buffers;
using System.Security.Cryptography;

namespace Siamese.Contracts.Sweeps;

/// <summary>What a sweep, and the ensemble that it leads to, may be called.</summary>
public static class SweepId
{
    private const int MaximumLength = 64;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <returns>The name, if it is valid.</returns>
    /// <param name="source">The option or argument that states it, for the message.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="BadInputException">It is empty, has more than 64 characters, or others than letters, digits, `-`, `_` and `.`.</exception>
    public static string Check(string source, string name)
    {
        if (name.Length is 0 or > MaximumLength || name.AsSpan().ContainsAnyExcept(_allowed) || name.All(c => c == '.'))
            throw new BadInputException($"{source}: '{PlainText.Of(name)}' is not a name; use 1 to {MaximumLength} letters, digits, '-', '_' or '.'.");
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
