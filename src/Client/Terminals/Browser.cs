using System.ComponentModel;
using System.Diagnostics;

namespace Siamese.Client.Terminals;

/// <summary>The web browser of this machine's user.</summary>
internal static class Browser
{
    /// <summary>Opens an address; false if there is no browser, such as in a session without a screen.</summary>
    public static bool TryOpen(Uri address)
    {
        if (Starting(address, Environment.GetEnvironmentVariable) is not { } start)
            return false;
        try
        {
            using var process = Process.Start(start);
            if (process is null || start.UseShellExecute)
                return process is not null;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>
    /// How to open an address; null if there is no screen. A shell says whether there is a program for it, and leaves it alone:
    /// it may last as long as the browser, and its output must not mix with ours.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static ProcessStartInfo? Starting(Uri address, Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true };
        if (!OperatingSystem.IsMacOS() && string.IsNullOrEmpty(variable("DISPLAY")) && string.IsNullOrEmpty(variable("WAYLAND_DISPLAY")))
            return null;
        return new ProcessStartInfo("/bin/sh", ["-c", """command -v "$0" >/dev/null || exit 1; "$0" "$1" </dev/null >/dev/null 2>&1 &""", OperatingSystem.IsMacOS() ? "open" : "xdg-open", address.AbsoluteUri]);
    }
}
