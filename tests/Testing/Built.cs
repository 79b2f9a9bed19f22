using System.Reflection;

namespace Siamese.Testing;

/// <summary>
/// The product's programs, where their own builds left them. A copy in another project's output may lack libraries: that
/// project may take them from a framework that the copied program does not use.
/// </summary>
public static class Built
{
    public static string Client { get; } = Metadata("ClientPath");

    /// <summary>Runs one command line of the client after the other.</summary>
    public static string ClientHost { get; } = Metadata("ClientHostPath");

    public static string Silo { get; } = Metadata("SiloPath");

    /// <summary>The root of the repository: above `src/Client/bin/CONFIGURATION/FRAMEWORK/client`.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Client, "../../../../../.."));

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
