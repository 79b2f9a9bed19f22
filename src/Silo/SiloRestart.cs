using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Siamese.Contracts;
using Siamese.Silo.Storage;

namespace Siamese.Silo;

/// <summary>
/// Restarts the silo's program in the same process when Orleans reports a fatal error: most often because the cluster
/// declared the silo dead while it was suspended or unreachable. It comes back as a new member without any state of the
/// old one, whose leases others have by then.
/// </summary>
internal sealed partial class SiloRestart(IStore store, IHostApplicationLifetime lifetime, ILogger<SiloRestart> logger) : IFatalErrorHandler
{
    private const string ThisProgram = "/proc/self/exe";
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logger;

    /// <summary>Makes a silo restart instead of exiting.</summary>
    public static void OnFatalErrors(IServiceCollection services) => services.AddSingleton<IFatalErrorHandler, SiloRestart>();

    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // A silo that was asked to stop does so.
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return;
        LogFatal(exception, context ?? sender?.ToString() ?? "");
        // Gives the log's own thread time, and keeps a silo that cannot stay in a cluster from trying a thousand times a second.
        do
            Thread.Sleep(_pause);
        while (!IsStoreThere());
        if (OperatingSystem.IsLinux())
            Exec([.. File.ReadAllText("/proc/self/cmdline").Split('\0')[..^1]]);
        // The supervisor starts it again.
        Environment.Exit(1);
    }

    /// <summary>A silo that starts without its store would exit for good.</summary>
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

    /// <summary>Replaces what this process runs; returns only if that fails.</summary>
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

    [LoggerMessage(LogLevel.Critical, "The silo cannot continue and restarts: {Context}")]
    private partial void LogFatal(Exception? exception, string context);
}
