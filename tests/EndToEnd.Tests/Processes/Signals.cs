using System.Runtime.InteropServices;

namespace Siamese.EndToEnd.Tests.Processes;

/// <summary>Sends real signals.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int pid, int signal) => _ = SendSignal(pid, signal);

    /// <summary>Sends a signal and waits until the process is gone.</summary>
    public static async Task End(int pid, int signal, TimeSpan patience)
    {
        Send(pid, signal);
        for (var left = patience; left > TimeSpan.Zero && LiveProcesses.IsAlive(pid); left -= TimeSpan.FromMilliseconds(20))
            await Task.Delay(20);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
