using System.Runtime.InteropServices;

namespace Siamese.Silo;

/// <summary>How the process of a silo ends (_exit(2)).</summary>
internal static partial class ProcessEnd
{
    /// <summary>
    /// Ends the process without the exit handlers of native libraries. Those of libtorch destroy what a thread still uses that
    /// is in the middle of a batch, and the silo would end with a segmentation fault instead of its exit code.
    /// </summary>
    public static void Now(int code)
    {
        if (!OperatingSystem.IsWindows())
            Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
