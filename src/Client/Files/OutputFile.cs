using Siamese.Contracts;

namespace Siamese.Client.Files;

/// <summary>A file that a command writes, completely or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file can be written there.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">Its path.</param>
    /// <exception cref="BadInputException">It is a folder, or its folder does not exist.</exception>
    public static void Check(string option, string path)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"{option}: {path} is a folder; name a file.");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new BadInputException($"{option}: the folder {folder} does not exist.");
    }

    /// <summary>Writes beside an earlier file and then takes its place, so that an interruption leaves the earlier one.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static void Write(string option, string path, Action<Stream> write)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var file = File.Create(partial))
                write(file);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{option}: {path} cannot be written ({e.Message}). Choose another file.", e);
        }
        finally
        {
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }
}
