using System.Security.Cryptography;

namespace Siamese.Contracts.Local;

/// <summary>Distinguishes one build of the silo from another.</summary>
public static class SiloBuild
{
    private static readonly string[] _assemblies = ["silo.dll", "Siamese.Grains.dll", "Siamese.Model.dll", "Siamese.Contracts.dll"];

    /// <summary>Hash of our own assemblies in the folder of a silo: 16 hexadecimal digits.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var assembly in _assemblies)
            hash.AppendData(File.ReadAllBytes(Path.Combine(folder, assembly)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
