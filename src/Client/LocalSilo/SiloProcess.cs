using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Siamese.Contracts.Local;

namespace Siamese.Client.LocalSilo;

/// <summary>A process that a <see cref="SiloFile"/> speaks of, which may be long gone.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartTicks">Its start in clock ticks since boot; 0 where unknown, and then the pid alone decides.</param>
internal sealed partial record SiloProcess(int Pid, long StartTicks)
{
    /// <summary>A start that no process has.</summary>
    private const long Nobody = -1;

    private const int Terminate = 15;
    private const int Kill = 9;

    // Fields of /proc/PID/stat as proc(5) numbers them; the name before them may hold spaces and brackets.
    private const int State = 3;
    private const int StartTime = 22;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The process of a file. Where a file could name the start and does not, it is not one of ours, and its pid may be
    /// anybody's: such a process is never taken for a silo, or it would be ended in the silo's place.
    /// </summary>
    public static SiloProcess Of(SiloFile file) =>
        new(file.Pid, file.StartTicks == 0 && OperatingSystem.IsLinux() ? Nobody : file.StartTicks);

    /// <summary>Whether it runs. A zombie, which nobody may ever reap in a container, does not.</summary>
    public bool IsAlive
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return Exists();
            return ReadStat() is { } stat
                && stat[0] is not ("Z" or "X")
                && (StartTicks == 0 || long.Parse(stat[StartTime - State], CultureInfo.InvariantCulture) == StartTicks);
        }
    }

    /// <summary>Whether a gateway on this machine takes connections.</summary>
    public static async Task<bool> Accepts(int port, CancellationToken cancellation)
    {
        using var socket = new TcpClient(AddressFamily.InterNetwork);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(2), cancellation);
            return true;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Asks it to end, and where it has not within <paramref name="grace"/>, ends it.</summary>
    public async Task End(TimeSpan grace, TimeProvider clock, CancellationToken cancellation)
    {
        Signal(Terminate);
        if (await HasEnded(grace, clock, cancellation))
            return;
        Signal(Kill);
        await HasEnded(grace, clock, cancellation);
    }

    /// <summary>Waits for its end for as long as <paramref name="patience"/>.</summary>
    public async Task<bool> HasEnded(TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        for (var start = clock.GetTimestamp(); IsAlive; await Task.Delay(_glance, clock, cancellation))
        {
            if (clock.GetElapsedTime(start) >= patience)
                return false;
        }
        return true;
    }

    private void Signal(int signal)
    {
        if (!IsAlive)
            return;
        if (!OperatingSystem.IsWindows())
        {
            _ = SendSignal(Pid, signal);
            return;
        }
        using var process = Process.GetProcessById(Pid);
        process.Kill();
    }

    private string[]? ReadStat()
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{Pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool Exists()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
