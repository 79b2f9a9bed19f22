using System.ComponentModel;
using System.Diagnostics;

namespace Siamese.Testing.Disks;

/// <summary>A small in-memory disk that fills up quickly. Only root can mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private const string FillerName = "filler";

    /// <param name="megabytes">The size of the disk.</param>
    public SmallDisk(int megabytes)
    {
        Folder = Directory.CreateTempSubdirectory("siamese-disk-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "siamese-tests", Folder))
        {
            Directory.Delete(Folder);
            throw new InvalidOperationException($"No disk could be mounted at {Folder}.");
        }
    }

    /// <summary>Why a test that needs a small disk is skipped; null if one can be mounted.</summary>
    public static string? Unavailable { get; } = Probe();

    public string Folder { get; }

    /// <summary>Fills the disk.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Path.Combine(Folder, FillerName), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // The disk is full, as intended.
        }
    }

    /// <summary>Frees the space that <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Path.Combine(Folder, FillerName));

    public void Dispose()
    {
        // The unmount is lazy: it takes effect once the last open file is closed.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static string? Probe()
    {
        try
        {
            using var disk = new SmallDisk(1);
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return "a small disk can only be mounted by root on Linux";
        }
    }

    private static bool Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
