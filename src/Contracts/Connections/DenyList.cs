using System.Security.Cryptography.X509Certificates;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Connections;

/// <summary>
/// The serial numbers of certificates that are no longer accepted, one in a line of a file, as `openssl x509 -noout -serial`
/// prints it; what follows a `#` is a comment. The file is read again when it has changed.
/// </summary>
public sealed class DenyList
{
    private const string Prefix = "serial=";

    private readonly RereadFiles<HashSet<string>> _serials;

    /// <param name="file">The file.</param>
    /// <param name="time">The time.</param>
    /// <exception cref="BadInputException">It cannot be read, or a line is not a serial number.</exception>
    public DenyList(string file, TimeProvider time) => _serials = new([file], () => Read(file), time);

    /// <summary>Why the file cannot be used now; null if it can.</summary>
    public string? Problem => _serials.Problem;

    /// <summary>Whether a certificate is denied.</summary>
    /// <param name="serial">Its serial number in hexadecimal digits.</param>
    public bool Holds(string serial) => _serials.Value.Contains(Plain(serial));

    /// <exception cref="ConnectionRefusedException">The certificate is denied.</exception>
    internal void Check(X509Certificate2 certificate)
    {
        if (Holds(certificate.SerialNumber))
            throw new ConnectionRefusedException($"the certificate of '{certificate.Subject}' with the serial number {certificate.SerialNumber} is no longer accepted");
    }

    private static HashSet<string> Read(string file)
    {
        var lines = RegularFile.ReadText("--tls-denied", file, RereadFiles<HashSet<string>>.MaximumBytes).Split('\n');
        var serials = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (number, line) in lines.Index())
        {
            var text = line.Split('#')[0].Trim();
            var serial = Plain(text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? text[Prefix.Length..] : text);
            if (text.Length > 0 && (serial.Length == 0 || !serial.All(char.IsAsciiHexDigit)))
                throw new BadInputException($"--tls-denied: line {number + 1} of '{file}' is not a serial number in hexadecimal digits; `openssl x509 -noout -serial -in FILE` prints that of a certificate.");
            if (text.Length > 0)
                serials.Add(serial);
        }

        return serials;
    }

    private static string Plain(string serial) => serial.Replace(":", "", StringComparison.Ordinal).TrimStart('0');
}
