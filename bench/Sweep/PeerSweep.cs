using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Siamese.Bench.Sweep;

/// <summary>Optuna's trials that do nothing, on SQLite: `optuna_overhead.py` of a folder, run by Debian's Python. It times itself.</summary>
internal static partial class PeerSweep
{
    private const string Python = "/usr/bin/python3"; // Debian's python3-optuna is no other Python's.
    private const string Trials = "300";
    private const string Processes = "1"; // Two are slower: they wait for each other.

    /// <summary>Trials a second; null where the folder, Python or Optuna is missing.</summary>
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
