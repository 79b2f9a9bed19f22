using System.Globalization;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>Processes of this machine, by `/proc`.</summary>
internal static class LiveProcesses
{
    /// <summary>Whether it runs. A zombie, which in a container may never be reaped, does not.</summary>
    public static bool IsAlive(int pid)
    {
        var stat = Read(pid, "stat");
        // The state stands after the name, which may itself hold brackets.
        return stat.LastIndexOf(')') is > 0 and var end && stat[end + 2] is not ('Z' or 'X');
    }

    /// <summary>Those that were started with a variable of this value, which a test's own folder makes unmistakable.</summary>
    public static IReadOnlyList<int> With(string variable, string value) =>
        [.. All().Where(pid => Read(pid, "environ").Split('\0').Contains($"{variable}={value}") && IsAlive(pid))];

    /// <summary>Whether it is a silo by its command line.</summary>
    public static bool IsSilo(int pid) => Read(pid, "cmdline").Split('\0').Take(2).Any(word => word == Built.Silo || word == $"{Built.Silo}.dll");

    /// <summary>The session that it is in, named by the process that leads it.</summary>
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
