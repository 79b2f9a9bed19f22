using System.Security.Cryptography;
using Siamese.Contracts;
using Siamese.Contracts.Data;

namespace Siamese.Client.Commands.Exchange;

/// <summary>
/// The file `manifest.sig` of an exported folder: an ECDSA signature (FIPS 186-5, with SHA-256, DER-encoded) of the manifest,
/// which states the hashes of all other files. `openssl dgst -sha256 -verify` checks it too.
/// </summary>
internal static class ManifestSignature
{
    public const string FileName = "manifest.sig";

    private const int LongestKey = 64 * 1024;
    private const int LongestSignature = 1024;

    /// <summary>Reads a private key.</summary>
    /// <exception cref="BadInputException">The file is not an unencrypted private EC key.</exception>
    public static ECDsa PrivateKey(string option, string file)
    {
        var key = Key(option, file, "a private key", "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
        if (HasPrivate(key))
            return key;
        key.Dispose();
        throw new BadInputException($"{option}: '{file}' is a public key; name the private key.");
    }

    /// <summary>Reads a public key.</summary>
    /// <exception cref="BadInputException">The file is not a public EC key.</exception>
    public static ECDsa PublicKey(string option, string file) => Key(option, file, "a public key", "openssl pkey -in PRIVATE-KEY -pubout");

    public static byte[] Sign(ECDsa key, byte[] manifest) => key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Checks that a folder's manifest was signed with one of the keys.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="trusted">The keys.</param>
    /// <exception cref="BadInputException">It was not.</exception>
    public static void Check(string folder, byte[] manifest, IReadOnlyCollection<ECDsa> trusted)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new BadInputException($"'{folder}' is not signed: it contains no {FileName}. Export it with --sign, or import it without --trusted-key.");
        var signature = Signature(path);
        if (!trusted.Any(key => IsValid(key, manifest, signature)))
            throw new BadInputException($"'{path}' is not a signature of this manifest by a trusted key: something was changed after the export, or somebody else exported it.");
    }

    private static byte[] Signature(string path)
    {
        try
        {
            return RegularFile.Read(path, LongestSignature) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static bool IsValid(ECDsa key, byte[] manifest, byte[] signature)
    {
        try
        {
            return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static ECDsa Key(string option, string file, string what, string how)
    {
        var text = RegularFile.ReadText(option, file, LongestKey);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new BadInputException($"{option}: '{file}' is not {what} for ECDSA in PEM format, without a password; make one with `{how}`.", e);
        }
    }

    private static bool HasPrivate(ECDsa key)
    {
        try
        {
            CryptographicOperations.ZeroMemory(key.ExportPkcs8PrivateKey());
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
