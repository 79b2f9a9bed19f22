using System.Runtime.Versioning;

namespace Siamese.Contracts.Local;

/// <summary>Folders and files that only their owner can open.</summary>
public static class PrivateFolder
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder, and closes it and the files in it to other users if an earlier build left them open.</summary>
    /// <returns>Whether it was open.</returns>
    /// <exception cref="BadInputException">It cannot be made or closed.</exception>
    public static bool Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return false;
        }

        try
        {
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path, FolderMode);
            var wasOpen = (File.GetUnixFileMode(path) & OfOthers) != 0;
            if (wasOpen)
                Close(path);
            return wasOpen;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The data folder {path} cannot be made or closed to other users ({e.Message}); set {DataFolder.Variable} to one that is yours.", e);
        }
    }

    /// <summary>Creates or replaces a file that only its owner can read.</summary>
    public static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = System.IO.FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode;
        return new FileStream(path, options);
    }

    /// <summary>What to tell the user about a folder that was open.</summary>
    public static string Remark(string path) => $"The data folder {path} was open to other users of this machine; now only you can open it.";

    [UnsupportedOSPlatform("windows")]
    private static void Close(string path)
    {
        File.SetUnixFileMode(path, FolderMode);
        // Nobody can reach them any more, so those that cannot be closed do not matter.
        foreach (var file in new DirectoryInfo(path).EnumerateFiles().Where(file => file.LinkTarget is null))
        {
            try
            {
                file.UnixFileMode &= ~OfOthers;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
    }
}
