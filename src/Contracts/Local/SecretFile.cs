using System.Security.Cryptography;

namespace Siamese.Contracts.Local;

/// <summary>
/// The file `secret` in the data folder, which only its user can read: silos on loopback demand that clients know what it
/// contains, because any user of the machine reaches their ports.
/// </summary>
public static class SecretFile
{
    private const int Bytes = 32;

    /// <summary>The path of the file in a data folder.</summary>
    public static string PathIn(string home) => Path.Combine(home, "secret");

    /// <summary>The secret of a file.</summary>
    /// <exception cref="BadInputException">It cannot be read, or is not a secret.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return Convert.FromHexString(File.ReadAllText(path).Trim());
        }
        catch (FormatException e)
        {
            throw new BadInputException($"'{path}' is not a secret: it must be hexadecimal digits.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadInputException($"The secret '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The secret of a data folder, which is made if there is none.</summary>
    public static byte[] ReadOrMake(string home)
    {
        var path = PathIn(home);
        if (!File.Exists(path))
        {
            var partial = $"{path}.{Environment.ProcessId}";
            using (var file = new StreamWriter(PrivateFolder.CreateFile(partial)))
                file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes)));
            try
            {
                File.Move(partial, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another silo was faster.
                File.Delete(partial);
            }
        }

        return Read(path);
    }
}
