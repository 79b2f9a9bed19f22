using System.Reflection;
using Siamese.Client.Outcomes;
using Siamese.Contracts;
using Siamese.Contracts.Local;

namespace Siamese.Client.LocalSilo;

/// <summary>The silo that the client would start: the folder of its `silo.dll`.</summary>
internal sealed record SiloProgram(string Folder)
{
    /// <summary>Environment variable that names a silo: its folder, its `silo.dll` or its executable.</summary>
    public const string Variable = "SIAMESE_SILO";

    private const string Library = "silo.dll";

    /// <summary>The `dotnet` that runs the client, as in `dotnet client.dll`; null if the client is a native executable.</summary>
    public string? RunningDotnet { get; init; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath : null;

    /// <summary>See <see cref="SiloBuild"/>.</summary>
    public string Build => SiloBuild.Of(Folder);

    /// <summary>Finds the silo: the environment variable, else `silo/` next to the client, else where the build put it.</summary>
    /// <exception cref="BadInputException">The variable does not name a silo.</exception>
    /// <exception cref="NoClusterException">There is no silo anywhere.</exception>
    public static SiloProgram Find() =>
        Find(
            Environment.GetEnvironmentVariable(Variable),
            AppContext.BaseDirectory,
            typeof(SiloProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
                .FirstOrDefault(a => a.Key == "SiloPath")?.Value);

    /// <inheritdoc cref="Find()"/>
    public static SiloProgram Find(string? named, string clientFolder, string? built)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return TryAt(named)
                ?? throw new BadInputException($"{Variable} names '{named}', where there is no {Library}.");
        }
        return TryAt(Path.Combine(clientFolder, "silo"))
            ?? (built is null ? null : TryAt(built))
            ?? throw new NoClusterException(
                $"No silo was found to start; build src/Silo, or set {Variable} to the folder of {Library}, or name a running one with --silo HOST:PORT.");
    }

    /// <summary>The program and its leading arguments: the native executable, or `dotnet silo.dll`.</summary>
    public IReadOnlyList<string> CommandLine()
    {
        var executable = Path.Combine(Folder, OperatingSystem.IsWindows() ? "silo.exe" : "silo");
        // A user who runs `dotnet client.dll` may have .NET where a native executable would not look for it.
        if (RunningDotnet is null && IsExecutable(executable))
            return [executable];
        return [RunningDotnet ?? Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(Folder, Library)];
    }

    private static SiloProgram? TryAt(string path)
    {
        var folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path));
        return folder is not null && File.Exists(Path.Combine(folder, Library)) ? new(Path.GetFullPath(folder)) : null;
    }

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0);
}
