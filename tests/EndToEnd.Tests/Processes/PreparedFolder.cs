using System.Formats.Tar;
using Siamese.Contracts.Local;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>
/// A data folder that one command of the client fills, once for all test classes that need it. Each class has a copy
/// and a silo of its own, so that classes run side by side and cannot disturb each other.
/// </summary>
internal sealed class PreparedFolder(params string[] command)
{
    private readonly Lazy<Task<(byte[] Archive, Outcome Outcome)>> _prepared = new(() => Prepare(command));

    /// <summary>Fills the data folder of a home in which no silo runs yet.</summary>
    /// <returns>How the client ended that filled the original.</returns>
    public async Task<Outcome> CopyTo(Home home)
    {
        var (archive, outcome) = await _prepared.Value;
        using var stream = new MemoryStream(archive);
        PrivateFolder.Make(home.Folder);
        await TarFile.ExtractToDirectoryAsync(stream, home.Folder, overwriteFiles: false);
        return outcome;
    }

    private static async Task<(byte[] Archive, Outcome Outcome)> Prepare(string[] command)
    {
        await using var home = new Home();
        var outcome = (await home.Client(command)).Exits(0);
        await home.StopSilo();
        using var stream = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(home.Folder, stream, includeBaseDirectory: false);
        return (stream.ToArray(), outcome);
    }
}
