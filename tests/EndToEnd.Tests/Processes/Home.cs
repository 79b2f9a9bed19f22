using System.Text.Json;
using Siamese.Contracts.Local;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>
/// A test's own user data folder, and the client that uses it. Disposing ends every process that was started for this
/// folder, including the local silo, and deletes the folder.
/// </summary>
public sealed class Home : IAsyncDisposable
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _host = new(1);
    private HostedClient? _hosted;

    // The path of a user's folder may contain spaces and quotes.
    private readonly string _root = Directory.CreateTempSubdirectory("siamese 'test' ").FullName;

    public Home()
    {
        Folder = Path.Combine(_root, "home");
        Work = Directory.CreateDirectory(Path.Combine(_root, "work")).FullName;
    }

    /// <summary>`SIAMESE_HOME`. It does not exist until the first silo starts.</summary>
    public string Folder { get; }

    /// <summary>The client's current folder.</summary>
    public string Work { get; }

    /// <summary>The file with which the local silo announces itself; null if there is none.</summary>
    public SiloFile? SiloFile => SiloFile.TryRead(Folder);

    public string SiloLog => File.Exists(LogPath) ? ReadShared(LogPath) : "";

    /// <summary>Process ids of the silos that run for this folder.</summary>
    public IReadOnlyList<int> Silos => [.. LiveProcesses.With(DataFolder.Variable, Folder).Where(LiveProcesses.IsSilo)];

    private string LogPath => Path.Combine(Folder, "logs", "silo.log");

    /// <summary>Runs the client to its end, in a process of its own only if the last command has not ended yet.</summary>
    public async Task<Outcome> Client(params string[] arguments)
    {
        if (await _host.WaitAsync(TimeSpan.Zero))
        {
            try
            {
                _hosted ??= new HostedClient(Start(Built.ClientHost, []));
                return await _hosted.Run(arguments);
            }
            finally
            {
                _host.Release();
            }
        }

        await using var client = StartClient(arguments);
        return await client.Ends();
    }

    /// <summary>Runs the client to its end, expects success, and returns its JSON document.</summary>
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

    /// <summary>Kills the local silo without giving it a chance to clean up.</summary>
    public Task KillSilo() => EndSilo(Signals.Kill);

    /// <summary>Lets the local silo shut down.</summary>
    public Task StopSilo() => EndSilo(Signals.Terminate);

    /// <summary>Waits for a second checkpoint, which is not written before the first is registered with its trial.</summary>
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

    /// <summary>Writes a file in the client's current folder.</summary>
    /// <returns>Its absolute path.</returns>
    public string WriteFile(string name, byte[] content)
    {
        var path = Path.Combine(Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Bytes used by the blobs of finished trials.</summary>
    public long BlobBytes() =>
        new DirectoryInfo(Path.Combine(Folder, "blobs")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public async ValueTask DisposeAsync()
    {
        if (_hosted is not null)
            await _hosted.DisposeAsync();
        _host.Dispose();
        await Task.WhenAll(LiveProcesses.With(DataFolder.Variable, Folder).Select(pid => Signals.End(pid, Signals.Terminate, _grace)));
        await Task.WhenAll(LiveProcesses.With(DataFolder.Variable, Folder).Select(pid => Signals.End(pid, Signals.Kill, _grace)));
        Directory.Delete(_root, recursive: true);
    }

    private async Task EndSilo(int signal)
    {
        var silo = Assert.Single(Silos);
        await Signals.End(silo, signal, _grace);
        Assert.Empty(Silos);
    }

    private static string ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
