using System.Security.Cryptography;
using System.Text;
using Siamese.Contracts.Data;

namespace Siamese.Contracts.Local;

/// <summary>
/// The file `secret` in the data folder, which only its user can read: silos on loopback demand that clients know what it
/// contains, because any user of the machine reaches their ports.
/// </summary>
public static class SecretFile
{
    /// <summary>Length of a secret.</summary>
    public const int Bytes = 32;

    private const int MaximumBytes = 1000;

    /// <summary>The path of the file in a data folder.</summary>
    public static string PathIn(string home) => Path.Combine(home, "secret");

    /// <summary>The secret of a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or is not a secret.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, MaximumBytes) ?? [];
            return Of(Encoding.ASCII.GetString(bytes).Trim()) ?? throw new BadInputException($"'{path}' is not a secret: it must be {2 * Bytes} hexadecimal digits.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The secret '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The secret that a text is; null if it is none.</summary>
    public static byte[]? Of(string? text) =>
        text is { Length: 2 * Bytes } && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    /// <summary>The secret of a data folder, which is made if there is none.</summary>
    public static byte[] ReadOrMake(string home)
    {
        var path = PathIn(home);
        if (!File.Exists(path))
        {
            var partial = $"{path}.{Environment.ProcessId}";
            try
            {
                using (var file = PrivateFolder.CreateFile(partial))
                {
                    file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)) + "\n"));
                    file.Flush(flushToDisk: true);
                }

                File.Move(partial, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another silo was faster.
                File.Delete(partial);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException($"The secret '{path}' cannot be written: {e.Message}", e);
            }
        }

        return Read(path);
    }
}
