using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Siamese.Contracts.Local;

namespace Siamese.Client.LocalSilo;

/// <summary>The process named in a <see cref="SiloFile"/>, which may be long gone.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="StartTicks">Its start time in clock ticks since boot; 0 if unknown, and then only the pid is compared.</param>
internal sealed partial record SiloProcess(int Pid, long StartTicks)
{
    /// <summary>A start time that no process has.</summary>
    private const long Nobody = -1;

    private const int Terminate = 15;
    private const int Kill = 9;

    // Fields of /proc/PID/stat as proc(5) numbers them; the name before them may contain spaces and brackets.
    private const int State = 3;
    private const int StartTime = 22;

    private static readonly TimeSpan _glance = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The process of a file. If the file could give a start time but does not, it is not one of ours and its pid may belong
    /// to any process. Such a process is never taken for a silo: the client could kill the wrong one.
    /// </summary>
    public static SiloProcess Of(SiloFile file) =>
        new(file.Pid, file.StartTicks == 0 && OperatingSystem.IsLinux() ? Nobody : file.StartTicks);

    /// <summary>Whether it is running. A zombie, which may never be reaped in a container, is not.</summary>
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

    /// <summary>Whether a gateway on this machine accepts connections.</summary>
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

    /// <summary>Asks it to end, and kills it if it has not ended within <paramref name="grace"/>.</summary>
    public async Task End(TimeSpan grace, TimeProvider clock, CancellationToken cancellation)
    {
        Signal(Terminate);
        if (await HasEnded(grace, clock, cancellation))
            return;
        Signal(Kill);
        await HasEnded(grace, clock, cancellation);
    }

    /// <summary>Waits up to <paramref name="patience"/> for it to end.</summary>
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
