using System.Globalization;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>This machine's processes, read from `/proc`.</summary>
internal static class LiveProcesses
{
    /// <summary>Whether the process is running. A zombie is not; in a container it may never be reaped.</summary>
    public static bool IsAlive(int pid)
    {
        var stat = Read(pid, "stat");
        // The state follows the name, which may itself contain brackets.
        return stat.LastIndexOf(')') is > 0 and var end && stat[end + 2] is not ('Z' or 'X');
    }

    /// <summary>Processes that were started with this environment variable. A test's own folder makes its value unique.</summary>
    public static IReadOnlyList<int> With(string variable, string value) =>
        [.. All().Where(pid => Read(pid, "environ").Split('\0').Contains($"{variable}={value}") && IsAlive(pid))];

    /// <summary>Whether its command line is that of a silo.</summary>
    public static bool IsSilo(int pid) => Read(pid, "cmdline").Split('\0').Take(2).Any(word => word == Built.Silo || word == $"{Built.Silo}.dll");

    /// <summary>Number of sockets that the process has open.</summary>
    public static int Sockets(int pid) =>
        Directory.EnumerateFiles($"/proc/{pid}/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    /// <summary>The process's session, identified by its leader.</summary>
    public static int Session(int pid)
    {
        var stat = Read(pid, "stat");
        // After the name: state, parent, process group, session.
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where char.IsAsciiDigit(name[0])
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
