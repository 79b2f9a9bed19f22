using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Siamese.Client.Outcomes;
using Siamese.Contracts.Local;

namespace Siamese.Client.LocalSilo;

/// <summary>Starts a silo that outlives the client: in its own session, with none of the client's files open.</summary>
internal sealed class SiloLauncher(SiloProgram program, string home)
{
    /// <summary>Seconds without clients and unfinished sweeps after which the silo exits.</summary>
    private const int IdleExit = 30;

    // setsid keeps the terminal's Ctrl-C away; without setsid (macOS), a background process of a shell without job control
    // ignores it anyway. Descriptors 3 to 9 may be pipes whose reader waits until they are closed.
    private const string Script =
        "log=$1; shift; exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-; "
        + "if command -v setsid >/dev/null; then setsid \"$@\" </dev/null >>\"$log\" 2>&1 & "
        + "else \"$@\" </dev/null >>\"$log\" 2>&1 & fi; echo $!";

    /// <summary>Starts the silo and returns at once.</summary>
    public async Task<SiloProcess> Start(int? slots, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
            throw new NoClusterException("A local silo can only be started on Linux and macOS; here, start one by hand and name it with --silo HOST:PORT.");
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, WorkingDirectory = home };
        foreach (var argument in ShellArguments(slots))
            start.ArgumentList.Add(argument);
        // Settings for a cluster, above all its store, do not apply to a silo that serves only this user.
        foreach (var ofCluster in start.Environment.Keys.Where(name => name.StartsWith("SIAMESE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(ofCluster);
        start.Environment[DataFolder.Variable] = home;
        try
        {
            using var shell = Process.Start(start)!;
            var pid = await shell.StandardOutput.ReadToEndAsync(cancellation);
            await shell.WaitForExitAsync(cancellation);
            return new(int.Parse(pid, CultureInfo.InvariantCulture), StartTicks: 0);
        }
        catch (Exception e) when (e is Win32Exception or FormatException)
        {
            throw new NoClusterException($"The silo in {program.Folder} could not be started: {e.Message}", e);
        }
    }

    /// <summary>The last lines of the log, for a message.</summary>
    public static string LastWords(string home, long from)
    {
        try
        {
            using var log = new FileStream(LogFiles.OfSilo(home), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            log.Position = Math.Min(from, log.Length);
            using var reader = new StreamReader(log);
            return string.Join(Environment.NewLine, reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5));
        }
        catch (IOException)
        {
            return "(no log)";
        }
    }

    private IEnumerable<string> ShellArguments(int? slots)
    {
        string[] own = ["--local", "--idle-exit", $"{IdleExit}"];
        string[] limit = slots is { } n ? ["--slots", $"{n}"] : [];
        return ["-c", Script, "sh", LogFiles.OfSilo(home), .. program.CommandLine(), .. own, .. limit];
    }
}
