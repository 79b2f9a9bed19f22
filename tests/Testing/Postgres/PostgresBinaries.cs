using System.Globalization;

namespace Siamese.Testing.Postgres;

/// <summary>Where this machine has PostgreSQL's server programs. Debian keeps them off the PATH.</summary>
public static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The folder with `initdb` and `postgres` of the newest version; null if there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>Why a test that needs a server is skipped; null if it is not skipped.</summary>
    public static string? Missing => Folder is null ? $"PostgreSQL is not installed: no initdb in {Debian}/*/bin or on the PATH (Debian's package is postgresql)" : null;

    private static IEnumerable<string> Candidates()
    {
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .Concat(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator));
    }
}
