using System.Text.Json;
using Siamese.Contracts.Local;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>
/// A user's data folder of a test's own, and the client in it. At the end every process that was started for this folder
/// is ended, the local silo included, and the folder is deleted.
/// </summary>
public sealed class Home : IAsyncDisposable
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(15);

    // Spaces and quotes are what a user's folder may have.
    private readonly string _root = Directory.CreateTempSubdirectory("siamese 'test' ").FullName;

    public Home()
    {
        Folder = Path.Combine(_root, "home");
        Work = Directory.CreateDirectory(Path.Combine(_root, "work")).FullName;
    }

    /// <summary>`SIAMESE_HOME`. Not there until the first silo starts.</summary>
    public string Folder { get; }

    /// <summary>The current folder of the client.</summary>
    public string Work { get; }

    /// <summary>What the local silo wrote to say that it is there; null where there is none.</summary>
    public SiloFile? SiloFile => SiloFile.TryRead(Folder);

    public string SiloLog => File.Exists(LogPath) ? ReadShared(LogPath) : "";

    /// <summary>The silos that run for this folder.</summary>
    public IReadOnlyList<int> Silos => [.. LiveProcesses.With(DataFolder.Variable, Folder).Where(LiveProcesses.IsSilo)];

    private string LogPath => Path.Combine(Folder, "logs", "silo.log");

    /// <summary>Runs the client to its end.</summary>
    public async Task<Outcome> Client(params string[] arguments)
    {
        await using var client = StartClient(arguments);
        return await client.Ends();
    }

    /// <summary>Runs the client to its end, which has to be a good one, for its JSON document.</summary>
    public async Task<JsonElement> Ask(params string[] arguments) =>
        (await Client([.. arguments, "--format", "json"])).Exits(0).Document;

    public RunningProgram StartClient(params string[] arguments) => Start(Built.Client, arguments);

    public RunningProgram Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string> { [DataFolder.Variable] = Folder };
        foreach (var (name, value) in environment)
            variables[name] = value;
        return RunningProgram.Start(program, arguments, Work, variables, () => $"silo.log:\n{SiloLog}");
    }

    /// <summary>Ends the local silo without a chance for it to put anything right.</summary>
    public async Task KillSilo()
    {
        var silo = Assert.Single(Silos);
        await Signals.End(silo, Signals.Kill, _grace);
        Assert.Empty(Silos);
    }

    /// <summary>Returns once a second checkpoint lies there: it is not written before its trial knows of the first.</summary>
    public async Task CheckpointIsRegistered()
    {
        var folder = Path.Combine(Folder, "checkpoints");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Count < 2)
        {
            await Task.Delay(50);
            if (Directory.Exists(folder))
                seen.UnionWith(Directory.EnumerateFiles(folder, "*-*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".partial", StringComparison.Ordinal)));
        }
    }

    /// <summary>Writes a file below the client's current folder.</summary>
    /// <returns>Its absolute path.</returns>
    public string WriteFile(string name, byte[] content)
    {
        var path = Path.Combine(Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Bytes that the blobs of finished trials take.</summary>
    public long BlobBytes() =>
        new DirectoryInfo(Path.Combine(Folder, "blobs")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(LiveProcesses.With(DataFolder.Variable, Folder).Select(pid => Signals.End(pid, Signals.Terminate, _grace)));
        await Task.WhenAll(LiveProcesses.With(DataFolder.Variable, Folder).Select(pid => Signals.End(pid, Signals.Kill, _grace)));
        Directory.Delete(_root, recursive: true);
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
