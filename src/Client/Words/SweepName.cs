using System.Security.Cryptography;
using Siamese.Contracts.Sweeps;

namespace Siamese.Client.Words;

/// <summary>Ids of sweeps: chosen by the user, or invented so that they are easy to say, such as `zolaki-47`.</summary>
internal static class SweepName
{
    /// <inheritdoc cref="SweepId.Check"/>
    public static string Check(string source, string name) => SweepId.Check(source, name);

    /// <summary>Invents an id of three syllables and two digits, one of 38 million.</summary>
    public static string Invent()
    {
        var syllables = string.Concat(Enumerable.Range(0, 3).Select(_ => $"{Any("bdfgklmnprstvyz")}{Any("aeiou")}"));
        return $"{syllables}-{RandomNumberGenerator.GetInt32(10, 100)}";
    }

    private static char Any(string letters) => letters[RandomNumberGenerator.GetInt32(letters.Length)];
}
