using System.Globalization;
using Siamese.Contracts;
using Siamese.Contracts.Local;

namespace Siamese.Client;

/// <summary>Keeps the details of an internal error for debugging; the user sees one sentence.</summary>
internal sealed class CrashLog(string home, TimeProvider clock)
{
    public static CrashLog OfUser(TimeProvider clock) => new(DataFolder.Find(), clock);

    /// <summary>Writes the exception to the log.</summary>
    /// <returns>A remark that says where the details are.</returns>
    public string Write(Exception exception)
    {
        var path = LogFiles.OfClient(home);
        try
        {
            if (!Directory.Exists(home))
                PrivateFolder.Make(home);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            LogFiles.Rotate(path);
            var time = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            File.AppendAllText(path, $"{time} {exception}{Environment.NewLine}");
            return $"(details are in {path})";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadInputException)
        {
            return $"(the details could not be written to {path})";
        }
    }
}
