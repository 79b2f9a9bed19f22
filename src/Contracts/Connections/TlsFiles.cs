namespace Siamese.Contracts.Connections;

/// <summary>PEM files that a silo or a client uses to identify itself and to check its peers. Both have options with these names.</summary>
/// <param name="Certificate">`--tls-certificate`: its certificate, followed by any intermediate certificates.</param>
/// <param name="Key">`--tls-key`: the private key of that certificate, not encrypted.</param>
/// <param name="Authority">`--tls-authority`: the authority that issued the certificates of all silos and clients; no other is trusted.</param>
public sealed record TlsFiles(string Certificate, string Key, string Authority)
{
    /// <summary>The files as given; null if none is given.</summary>
    /// <exception cref="BadInputException">Some are given and others are not.</exception>
    public static TlsFiles? Of(string? certificate, string? key, string? authority)
    {
        (string Option, string? File)[] stated = [("--tls-certificate", certificate), ("--tls-key", key), ("--tls-authority", authority)];
        string[] missing = [.. stated.Where(option => string.IsNullOrEmpty(option.File)).Select(option => option.Option)];
        return missing.Length switch
        {
            0 => new(certificate!, key!, authority!),
            3 => null,
            _ => throw new BadInputException($"--tls-certificate, --tls-key and --tls-authority go together; {string.Join(" and ", missing)} is missing."),
        };
    }
}
