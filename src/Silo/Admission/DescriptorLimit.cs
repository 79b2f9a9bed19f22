using System.Globalization;

namespace Siamese.Silo.Admission;

/// <summary>The number of files and connections that this process may have open at a time (`ulimit -n`).</summary>
internal static class DescriptorLimit
{
    private const string Line = "Max open files";

    /// <summary>The limit; null if there is none, or if the system does not say.</summary>
    public static int? Read()
    {
        try
        {
            return Parse(File.ReadLines("/proc/self/limits"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="limits">The lines of `/proc/self/limits` (proc(5)): a name, the soft limit, the hard limit, the unit.</param>
    public static int? Parse(IEnumerable<string> limits)
    {
        var stated = limits.FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal))?[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return stated is [var soft, ..] && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
