using System.Runtime.CompilerServices;

namespace Siamese.Architecture.Tests;

/// <summary>The source files of the projects.</summary>
internal static class Sources
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    /// <summary>Files under src with their paths from the root.</summary>
    public static IReadOnlyList<string> All { get; } = Under("src");

    /// <summary>Files of the projects, their tests and the benchmark.</summary>
    public static IEnumerable<string> Everywhere => [.. All, .. Under("tests"), .. Under("bench")];

    public static string Folder(string file) => file[..file.LastIndexOf('/')];

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string[] Under(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
