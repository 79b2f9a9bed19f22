using System.Reflection;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>The programs that the build produced, at the paths that it wrote into this assembly.</summary>
internal static class Built
{
    public static string Client { get; } = Metadata("ClientPath");

    /// <summary>Runs one command line of the client after the other.</summary>
    public static string ClientHost { get; } = Metadata("ClientHostPath");

    public static string Silo { get; } = Metadata("SiloPath");

    /// <summary>The root of the repository: above `src/Client/bin/CONFIGURATION/FRAMEWORK/client`.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Client, "../../../../../.."));

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
