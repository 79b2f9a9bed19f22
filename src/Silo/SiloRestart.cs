using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Silo.Storage;

namespace Siamese.Silo;

/// <summary>
/// Begins the silo's program again, in the same process, when Orleans says that it cannot go on: most often because the
/// cluster declared it dead while it was stopped or cut off. It comes back as a new member with nothing left of the old
/// one, whose leases are others' by then.
/// </summary>
internal sealed partial class SiloRestart(IStore store, IHostApplicationLifetime lifetime, ILogger<SiloRestart> logger) : IFatalErrorHandler
{
    private const string ThisProgram = "/proc/self/exe";
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;

    /// <summary>Has a silo begin again in place of ending.</summary>
    public static void OnFatalErrors(IServiceCollection services) => services.AddSingleton<IFatalErrorHandler, SiloRestart>();

    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // One that was asked to stop does so.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        LogFatal(exception, context ?? sender?.ToString() ?? "");
        // For the log's own thread, and so that one that cannot stay in a cluster does not try a thousand times a second.
        do
            Thread.Sleep(_pause);
        while (!IsStoreThere());
        if (OperatingSystem.IsLinux())
            Exec([.. File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1]]);
        // Whoever supervises it starts it again.
        Environment.Exit(1);
    }

    /// <summary>A silo that begins without its store would end for good.</summary>
    private bool IsStoreThere()
    {
        try
        {
            store.Count();
            return true;
        }
        catch (BadInputException)
        {
            return false;
        }
    }

    /// <summary>Replaces what this process runs; returns only where that fails.</summary>
    private static unsafe void Exec(string[] arguments)
    {
        var strings = arguments.Select(argument => Encoding.UTF8.GetBytes(argument + '\0')).ToArray();
        var handles = Array.ConvertAll(strings, bytes => GCHandle.Alloc(bytes, GCHandleType.Pinned));
        nint[] pointers = [.. handles.Select(handle => handle.AddrOfPinnedObject()), 0];
        fixed (nint* argv = pointers)
            _ = ExecV(ThisProgram, argv);
    }

    [LibraryImport("libc", EntryPoint = "execv", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int ExecV(string path, nint* arguments);

    [LoggerMessage(LogLevel.Critical, "The silo cannot go on and begins again: {Context}")]
    private partial void LogFatal(Exception? exception, string context);
}
