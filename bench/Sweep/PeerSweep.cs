using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Siamese.Bench.Sweep;

/// <summary>Optuna trials that do nothing, on SQLite: runs a folder's `optuna_overhead.py` with Debian's Python. The program times itself.</summary>
internal static partial class PeerSweep
{
    private const string Python = "/usr/bin/python3"; // Debian's python3-optuna is installed for this Python only.
    private const string Trials = "300";
    private const string Processes = "1"; // Two are slower, because they wait for each other.

    /// <summary>Trials per second; null if the program, Python or Optuna is missing.</summary>
    public static double? PerSecond(DirectoryInfo folder)
    {
        var program = Path.Combine(folder.FullName, "optuna_overhead.py");
        if (!File.Exists(program) || !File.Exists(Python))
            return null;
        using var process = Process.Start(new ProcessStartInfo(Python, [program, Trials, Processes]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return Rate().Match(output) is { Success: true } rate ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"([\d.]+) trials/s")]
    private static partial Regex Rate();
}
